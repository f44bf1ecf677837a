// SPDX-License-Identifier: Apache-2.0
// The composition root's only entrance: every exception ends here, as words and an exit code.
#include "app/run.h"

#include <postern/base/error.h>

#include <exception>
#include <new>

#include "app/cli.h"
#include "app/talk.h"

namespace postern::app {
namespace {

int end_with(const Error& error, int exit_code) {
  tell(error);
  return exit_code;
}

}  // namespace

int run(int argc, char** argv) {
  try {
    return run_command_line(argc, argv);
  } catch (const UsageError& error) {
    return end_with(error, 2);
  } catch (const SourceError& error) {
    return end_with(error, 3);
  } catch (const Error& error) {
    return end_with(error, 70);
  } catch (const std::bad_alloc&) {
    tell_internal("out of memory");
    return 70;
  } catch (const std::exception& error) {
    tell_internal(error.what());
    return 70;
  }
}

}  // namespace postern::app
