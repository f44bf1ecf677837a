// SPDX-License-Identifier: Apache-2.0
// Short spellings of ports, mounts, sizes and commands.
#include <doctest/doctest.h>
#include <ingest/compose_file/short_syntax.h>

#include <string>

namespace postern::ingest::compose_file {
namespace {

Value text(std::string value) {
  Value result;
  result.kind = document::Kind::string;
  result.text = std::move(value);
  return result;
}

std::string port(const std::string& written) {
  const Port read = read_port(text(written));
  if (!read.valid) return "invalid";
  std::string shown = read.address.empty() ? "" : read.address + " ";
  shown += std::to_string(read.published) + (read.published_last > read.published ? "-" + std::to_string(read.published_last) : "");
  shown += "->" + std::to_string(read.target) + (read.target_last > read.target ? "-" + std::to_string(read.target_last) : "");
  return shown + "/" + read.protocol + (is_local(read) ? " local" : "") + (read.unknown ? " unknown" : "");
}

TEST_CASE("ports") {
  CHECK(port("80") == "0->80/TCP");
  CHECK(port("8080:80") == "8080->80/TCP");
  CHECK(port("53:53/udp") == "53->53/UDP");
  CHECK(port("127.0.0.1:8080:80") == "127.0.0.1 8080->80/TCP local");
  CHECK(port("127.0.0.1::80") == "127.0.0.1 0->80/TCP local");
  CHECK(port("0.0.0.0:8080:80") == "0.0.0.0 8080->80/TCP");
  CHECK(port("[::1]:8080:80") == "[::1] 8080->80/TCP local");
  CHECK(port("8000-8002:9000-9002") == "8000-8002->9000-9002/TCP");
  CHECK(port("3000-3005") == "0->3000-3005/TCP");
  CHECK(port("${PORT}:80") == "0->80/TCP unknown");
  for (const char* wrong : {"", "a", "80:", "70000", "8080:x", "9-8", "0"}) {
    CAPTURE(wrong);
    CHECK(port(wrong) == "invalid");
  }
}

std::string mount(const std::string& written) {
  const Mount read = read_mount(text(written));
  const char* kind = read.kind == MountKind::bind ? "bind " : "volume ";
  return kind + read.source + " at " + read.target + (read.read_only ? " ro" : "");
}

TEST_CASE("mounts") {
  CHECK(mount("data:/var/lib") == "volume data at /var/lib");
  CHECK(mount("/var/lib") == "volume  at /var/lib");
  CHECK(mount("./conf:/etc/app:ro") == "bind ./conf at /etc/app ro");
  CHECK(mount("/var/run/docker.sock:/var/run/docker.sock:z,ro") == "bind /var/run/docker.sock at /var/run/docker.sock ro");
  CHECK(mount("~/.cache:/var/cache") == "bind ~/.cache at /var/cache");
  CHECK(mount("C:\\data:/data") == "bind C:\\data at /data");
  CHECK(mount("${HOME}/x:/x") == "bind ${HOME}/x at /x");
}

TEST_CASE("sizes") {
  CHECK(read_bytes(text("512m")) == 512LL << 20);
  CHECK(read_bytes(text("1gb")) == 1LL << 30);
  CHECK(read_bytes(text("64K")) == 64LL << 10);
  CHECK(read_bytes(text("1024")) == 1024);
  CHECK_FALSE(read_bytes(text("much")));
  CHECK(read_thousandths(text("0.5")) == 500);
  CHECK_FALSE(read_thousandths(text("half")));
}

TEST_CASE("commands are split as a shell would") {
  CHECK(split_words("a 'b c' \"d\\\"e\" f\\ g '' ") == std::vector<std::string>{"a", "b c", "d\"e", "f g", ""});
  CHECK(split_words(" \n").empty());
}

}  // namespace
}  // namespace postern::ingest::compose_file
