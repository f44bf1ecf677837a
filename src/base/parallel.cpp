// SPDX-License-Identifier: Apache-2.0
// Helpers wait for jobs in one list; whoever brings a job works on it too, so it ends even when every helper is busy elsewhere.
#include <postern/base/parallel.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace postern::base {
namespace {

/// One call of for_each_index.
struct Job {
  const std::function<void(std::size_t)>& work;
  std::size_t count;
  std::size_t wanted;  ///< helpers that may still join
  std::atomic<std::size_t> next = 0;
  std::size_t active = 0;         ///< helpers that work on it
  std::exception_ptr error = {};  ///< of a helper, the first

  void take_turns() {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  }
};

class Crew {
 public:
  void run(Job& job) {
    {
      const std::scoped_lock lock(m_mutex);
      while (m_helpers < job.wanted) hire();
      m_jobs.push_back(&job);
    }
    m_news.notify_all();
    std::exception_ptr error;
    try {
      job.take_turns();
    } catch (...) {
      error = std::current_exception();
    }
    std::unique_lock lock(m_mutex);
    std::erase(m_jobs, &job);
    m_ended.wait(lock, [&] { return job.active == 0; });
    if (error == nullptr) error = job.error;
    lock.unlock();
    if (error != nullptr) std::rethrow_exception(error);
  }

 private:
  void hire() {
    std::thread([this] { help(); }).detach();
    ++m_helpers;
  }

  void help() {
    std::unique_lock lock(m_mutex);
    for (;;) {
      const auto at = std::find_if(m_jobs.begin(), m_jobs.end(), [](const Job* job) { return job->wanted > 0; });
      if (at == m_jobs.end()) {
        m_news.wait(lock);
        continue;
      }
      Job& job = **at;
      --job.wanted;
      ++job.active;
      lock.unlock();
      std::exception_ptr error;
      try {
        job.take_turns();
      } catch (...) {
        error = std::current_exception();
      }
      lock.lock();
      if (job.error == nullptr) job.error = error;
      if (--job.active == 0) m_ended.notify_all();
    }
  }

  std::mutex m_mutex;
  std::condition_variable m_news;   ///< a job came
  std::condition_variable m_ended;  ///< a job's last helper left it
  std::vector<Job*> m_jobs;         ///< that others may join
  std::size_t m_helpers = 0;
};

}  // namespace

void for_each_index(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
  const std::size_t useful = std::min<std::size_t>(std::max(1U, threads), count);
  if (useful < 2) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  // Leaked on purpose: helpers wait in it until the process ends.
  static auto& crew = *new Crew;
  Job job{work, count, useful - 1};
  crew.run(job);
}

void run_both(unsigned threads, const std::function<void()>& first, const std::function<void()>& second) {
  for_each_index(2, threads, [&](std::size_t i) { i == 0 ? first() : second(); });
}

}  // namespace postern::base
