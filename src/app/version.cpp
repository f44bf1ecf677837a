// SPDX-License-Identifier: Apache-2.0
// Which Postern this is, and which knowledge it carries.
#include "app/version.h"

#include <postern/base/digest.h>
#include <postern/base/embedded_file.h>

#include "knowledge_files.h"
#include "risk_model_file.h"

namespace postern::app {

std::string version() { return POSTERN_VERSION; }

std::string knowledge_digest() {
  base::PartsDigest digest;
  for (const base::EmbeddedFile& file : connection::knowledge_files()) digest.add(file.path).add(file.text);
  for (const base::EmbeddedFile& file : risk::risk_model_file()) digest.add(file.path).add(file.text);
  return digest.hex();
}

}  // namespace postern::app
