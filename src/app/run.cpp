// SPDX-License-Identifier: Apache-2.0
// The composition root's only entrance: every exception ends here, as words and an exit code.
#include "app/run.h"

#include <postern/base/error.h>

#include <exception>
#include <iostream>
#include <new>

#include "app/cli.h"
#include "render/escape.h"

namespace postern::app {
namespace {

int tell(const Error& error, int exit_code) {
  std::cerr << "postern: " << render::terminal(error.what()) << '\n';
  for (const std::string& context : error.context()) std::cerr << "  while " << render::terminal(context) << '\n';
  if (!error.hint().empty()) std::cerr << "  hint: " << render::terminal(error.hint()) << '\n';
  return exit_code;
}

}  // namespace

int run(int argc, char** argv) {
  try {
    return run_command_line(argc, argv);
  } catch (const UsageError& error) {
    return tell(error, 2);
  } catch (const SourceError& error) {
    return tell(error, 3);
  } catch (const Error& error) {
    return tell(error, 70);
  } catch (const std::bad_alloc&) {
    std::cerr << "postern: out of memory\n";
    return 70;
  } catch (const std::exception& error) {
    std::cerr << "postern: internal error: " << render::terminal(error.what()) << '\n';
    return 70;
  }
}

}  // namespace postern::app
