// SPDX-License-Identifier: Apache-2.0
// Files of nginx and Envoy that lie beside source code: what they are, whose they are, and what of their text is read.
#pragma once
#include <ingest/project.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace postern::ingest::settings_file {

enum class Proxy : std::uint8_t { none, nginx, envoy };

/// Which proxy a file is for: nginx by its name or folder and what it holds, Envoy by what it holds.
[[nodiscard]] Proxy proxy_of(const SourceFile& file);
/// Whether a file of that name may be one, other than by an ending that documents have.
[[nodiscard]] bool is_proxy_name(std::string_view path);

/// The service that it configures: the nearest folder with a name of its own, else the proxy itself.
[[nodiscard]] std::string service_of_proxy(Proxy proxy, std::string_view path);

/// The text of which addresses count: without what nginx tells browsers, and with every way of handing on in the same words. Has
/// the same lines.
[[nodiscard]] std::string text_that_sends(Proxy proxy, std::string_view text);

}  // namespace postern::ingest::settings_file
