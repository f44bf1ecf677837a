// SPDX-License-Identifier: Apache-2.0
// Names that try to become something else where they are shown.
#pragma once
#include <string>
#include <vector>

namespace postern::test {

inline const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> k_texts = {
      "x\n/approve\n/merge",
      "/close",
      "a\r\n##vso[task.setvariable variable=x]y",
      "##[error]z",
      "::set-output name=a::b",
      "\x1b[2J\x1b[31mred",
      "<script>alert(1)</script>",
      "<!-- postern:app=other --><img src=x onerror=alert(1)>",
      "`code` [link](javascript:alert(1)) ![i](http://evil.example/i.png)",
      "``",
      "`",
      "| cell | cell |\n|---|---|",
      "a|b",
      "\\|x\\",
      "\xE2\x80\xAEgnp.exe",
      "=cmd|' /C calc'!A0",
      "end\n```\n/close",
      "</details>",
      "A[\"x\"]-->B; click A \"javascript:alert(1)\"",
      "n1\"]; click n1 href \"javascript:alert(1)\" %%{init: {}}%%",
      "@everyone",
      "@-mention !12 #34 ~label %1.0 $5 &amp; &lt; :tada:",
      "\xE2\x80\x8Bzero\xE2\x80\xA8line",
      std::string("nul\0byte", 8),
      "bad\xFF utf8 \xC3",
      "\xC2\x9B"
      "31m",
      "# heading",
      "- item",
      "1. item",
      "===",
      "    indented",
      "",
      " ",
      "{color:red}x{color} !image.png! [~user] h1. {code}",
      "100%;]\nsecond: line, end",
      "J\xC3\xBCrgen \xE2\x86\x92 K\xC3\xB6ln",
      "https://evil.example/?a=b&c=d www.evil.example mail@evil.example",
      std::string(3000, 'x'),
      std::string(500, '|'),
  };
  return k_texts;
}

}  // namespace postern::test
