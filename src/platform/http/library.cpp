// SPDX-License-Identifier: Apache-2.0
// Opens libcurl when something is to be fetched.
#include "platform/http/library.h"

#include <dlfcn.h>
#include <postern/base/error.h>

#include <array>
#include <string>

namespace postern::platform::http {
namespace {

template <typename Function>
void load(void* from, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(from, name));
  if (function == nullptr) throw SourceError(std::string("the installed libcurl has no `") + name + "`");
}

Library open_library() {
  void* handle = nullptr;
  for (const char* name : std::array{"libcurl.so.4", "libcurl-gnutls.so.4"}) {
    if (handle == nullptr) handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  }
  if (handle == nullptr)
    throw SourceError("fetching needs libcurl, which is not installed here", "on Debian: apt-get install libcurl4");
  Library library;
  decltype(&curl_global_init) global_init = nullptr;
  load(handle, "curl_global_init", global_init);
  load(handle, "curl_easy_init", library.init);
  load(handle, "curl_easy_cleanup", library.cleanup);
  load(handle, "curl_easy_setopt", library.set);
  load(handle, "curl_easy_perform", library.perform);
  load(handle, "curl_easy_getinfo", library.get);
  load(handle, "curl_easy_strerror", library.error_text);
  load(handle, "curl_slist_append", library.append);
  load(handle, "curl_slist_free_all", library.free_list);
  if (global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw SourceError("libcurl cannot be used");
  return library;
}

}  // namespace

const Library& library() {
  static const Library instance = open_library();
  return instance;
}

}  // namespace postern::platform::http
