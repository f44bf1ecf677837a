// SPDX-License-Identifier: Apache-2.0
// The table of technologies: what an image, a port, a scheme or a name says about what runs there.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::connection {

enum class Role : std::uint8_t {
  unknown,
  datastore,
  cache,
  queue,
  search,
  object_store,
  identity_provider,
  secret_store,
  monitoring,
  proxy,
  mail,
  coordination,   ///< etcd, ZooKeeper, Consul
  service,        ///< a protocol between services (http, grpc)
  remote_access,  ///< ssh, sftp, ftp
};
[[nodiscard]] const char* to_string(Role role);

/// One row. All views live as long as the process.
struct Technology {
  std::string_view id;     ///< stable, lower case: "postgres"
  std::string_view title;  ///< for people: "PostgreSQL"
  Role role = Role::unknown;
  std::vector<std::string_view> image_stems;  ///< last path segment of an image, or a longer tail with '/'
  std::vector<std::uint16_t> ports;           ///< the first one is the default
  std::vector<std::string_view> schemes;
  std::vector<std::string_view> name_words;  ///< words in names of settings that mean it (POSTGRES, PG)
};

/// All rows, in the order of the table.
[[nodiscard]] std::span<const Technology> technologies();
/// The row with that id, or null.
[[nodiscard]] const Technology* find_technology(std::string_view id);

/// What an image reference runs (registry/path/name:tag@digest), or null. Exporters, clients, consoles and backup tools are not the
/// technology that they serve.
[[nodiscard]] const Technology* technology_of_image(std::string_view image);
/// By URL scheme, driver suffix allowed ("postgresql+asyncpg", "jdbc:mysql"); null for none and for plain http.
[[nodiscard]] const Technology* technology_of_scheme(std::string_view scheme);
/// By words of a setting's or entity's name ("SPRING_RABBITMQ_HOST"); null when no word or several technologies match.
[[nodiscard]] const Technology* technology_of_name(std::string_view name);

/// A guess from a port alone; confidence is at most 0.5, and less when several technologies use the port.
struct PortGuess {
  const Technology* technology = nullptr;
  double confidence = 0;
};
/// In the order of the table; empty when no row uses the port.
[[nodiscard]] std::vector<PortGuess> technologies_of_port(std::uint16_t port);

}  // namespace postern::connection
