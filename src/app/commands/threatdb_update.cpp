// SPDX-License-Identifier: Apache-2.0
// `postern threatdb update`: fetches what mirrors offer and imports it.
#include "app/commands/commands.h"
namespace postern::app {
int threatdb_update(const Options&) { return 2; }
}  // namespace postern::app
