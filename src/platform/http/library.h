// SPDX-License-Identifier: Apache-2.0
// libcurl by dlopen: the executable starts without it and its dozens of libraries, and runs where it is not installed.
#pragma once
#include <curl/curl.h>

namespace postern::platform::http {

/// The functions that are called.
struct Library {
  decltype(&curl_easy_init) init = nullptr;
  decltype(&curl_easy_cleanup) cleanup = nullptr;
  decltype(&curl_easy_setopt) set = nullptr;
  decltype(&curl_easy_perform) perform = nullptr;
  decltype(&curl_easy_getinfo) get = nullptr;
  decltype(&curl_easy_strerror) error_text = nullptr;
  decltype(&curl_slist_append) append = nullptr;
  decltype(&curl_slist_free_all) free_list = nullptr;
};

/// Opened once. Throws SourceError when it is not installed.
[[nodiscard]] const Library& library();

}  // namespace postern::platform::http
