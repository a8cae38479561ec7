#include "threads.h"

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

namespace cutpoint {
namespace {

/// How often a thread looks for what it waits for before it sleeps: some 30 µs. One kernel follows another faster than a
/// sleeping thread wakes up.
constexpr int LOOKS = 100;

template <class Condition>
bool soon(const Condition& condition) {
  for (int look = 0; look < LOOKS; look++) {
    if (condition()) return true;
    std::this_thread::yield();
  }
  return false;
}

/// Threads that wait for work. They live as long as the process.
class Pool {
 public:
  explicit Pool(int threads) {
    for (int i = 1; i < threads; i++) std::thread([this] { serve(); }).detach();
    helpers_ = threads - 1;
  }

  void run(int64_t count, const std::function<void(int64_t)>& work) {
    // One caller at a time has the threads.
    std::lock_guard<std::mutex> turn(turn_);
    work_ = &work;
    count_ = count;
    next_ = 0;
    busy_ = helpers_;
    {
      // Whoever is about to sleep has not looked yet, or sees it.
      std::lock_guard<std::mutex> lock(mutex_);
      round_++;
    }
    wake_.notify_all();
    take(work, count);
    const auto done = [this] { return busy_ == 0; };
    if (soon(done)) return;
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, done);
  }

  bool alone() const { return helpers_ == 0; }

 private:
  void take(const std::function<void(int64_t)>& work, int64_t count) {
    for (int64_t i = next_++; i < count; i = next_++) work(i);
  }

  void serve() {
    for (uint64_t seen = 0;; seen++) {
      const auto called = [&] { return round_ != seen; };
      if (!soon(called)) {
        std::unique_lock<std::mutex> lock(mutex_);
        wake_.wait(lock, called);
      }
      take(*work_, count_);
      if (--busy_ > 0) continue;
      std::lock_guard<std::mutex> lock(mutex_);
      done_.notify_one();
    }
  }

  std::mutex turn_, mutex_;
  std::condition_variable wake_, done_;
  /// Of this round; they are written before it begins, and read until all have done.
  const std::function<void(int64_t)>* work_ = nullptr;
  int64_t count_ = 0;
  std::atomic<int64_t> next_{0};
  std::atomic<int> busy_{0};
  std::atomic<uint64_t> round_{0};
  int helpers_ = 0;
};

int threadsWanted() {
  const char* told = std::getenv("TF_NUM_INTRAOP_THREADS");
  const int number = told ? std::atoi(told) : 0;
  return number > 0 ? number : static_cast<int>(std::thread::hardware_concurrency());
}

}  // namespace

void parallel(int64_t count, const std::function<void(int64_t)>& work) {
  // Never destroyed: its threads may outlive what runs at the end of the process.
  static Pool* const pool = new Pool(threadsWanted());
  if (count == 1 || pool->alone()) {
    for (int64_t i = 0; i < count; i++) work(i);
    return;
  }
  pool->run(count, work);
}

}  // namespace cutpoint
