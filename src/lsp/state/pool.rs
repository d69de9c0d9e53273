//! CPU work: a bounded pool in which what the user waits for goes before what runs in the background.
//!
//! Background work never takes the last thread, and long background work on other threads asks between two steps
//! whether the user waits ([`Pool::give_way`]). A job is skipped if nobody wants its result any more by the time its
//! turn comes; one under way learns of it by its [`CancellationToken`].

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

/// The urgency of a job, by who waits for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// The user.
    Interactive,
    /// Nobody in particular.
    Background,
}

/// Why a job gave no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Nobody wanted it any more.
    Cancelled,
    /// It panicked.
    Failed,
}

type IndexJob = Box<dyn FnOnce() + Send>;

/// The longest that background work stands aside at a time, so that it comes to its end whatever the user does.
const COURTESY: Duration = Duration::from_millis(250);

/// The pool. Cheap to clone.
#[derive(Clone)]
pub struct Pool {
    threads: Arc<rayon::ThreadPool>,
    waiting: Arc<Mutex<Waiting>>,
    calm: Arc<Condvar>,
}

#[derive(Default)]
struct Waiting {
    interactive: VecDeque<IndexJob>,
    background: VecDeque<IndexJob>,
    interactive_running: usize,
    background_running: usize,
    background_limit: usize,
}

impl Pool {
    /// A pool of `threads` threads, at least two.
    ///
    /// # Errors
    /// Where the system gives no threads.
    pub fn new(threads: usize) -> Result<Self, rayon::ThreadPoolBuildError> {
        let threads = threads.max(2);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|index| format!("work-{index}"))
            .stack_size(8 << 20)
            .build()?;
        let waiting = Waiting { background_limit: threads - 1, ..Waiting::default() };
        Ok(Self { threads: Arc::new(pool), waiting: Arc::new(Mutex::new(waiting)), calm: Arc::default() })
    }

    /// Stands aside while the user waits for something. For background work between two of its steps.
    pub fn give_way(&self) {
        let waiting = self.lock();
        let busy = |waiting: &mut Waiting| waiting.interactive_running > 0 || !waiting.interactive.is_empty();
        drop(self.calm.wait_timeout_while(waiting, COURTESY, busy));
    }

    /// Runs a job and waits for its result. Dropping the returned future cancels the job.
    pub fn run<T: Send + 'static>(
        &self,
        urgency: Urgency,
        job: impl FnOnce(&CancellationToken) -> T + Send + 'static,
    ) -> impl Future<Output = Result<T, Lost>> + Send + 'static {
        let token = CancellationToken::new();
        let cancelled_on_drop = token.clone().drop_guard();
        let (send, receive) = oneshot::channel();
        self.spawn(urgency, move || {
            if token.is_cancelled() {
                return;
            }
            let result = std::panic::catch_unwind(AssertUnwindSafe(|| job(&token)));
            let _ = send.send(result.map_err(|_| Lost::Failed));
        });
        async move {
            let result = receive.await.unwrap_or(Err(Lost::Cancelled));
            drop(cancelled_on_drop);
            result
        }
    }

    /// Runs a job that nobody waits for.
    pub fn spawn(&self, urgency: Urgency, job: impl FnOnce() + Send + 'static) {
        {
            let mut waiting = self.lock();
            match urgency {
                Urgency::Interactive => waiting.interactive.push_back(Box::new(job)),
                Urgency::Background => waiting.background.push_back(Box::new(job)),
            }
        }
        self.turn();
    }

    /// One turn of one thread for one job, the most urgent by then.
    fn turn(&self) {
        let pool = self.clone();
        self.threads.spawn_fifo(move || {
            let (job, background) = {
                let mut waiting = pool.lock();
                if let Some(job) = waiting.interactive.pop_front() {
                    waiting.interactive_running += 1;
                    (job, false)
                } else if waiting.background_running < waiting.background_limit
                    && let Some(job) = waiting.background.pop_front()
                {
                    waiting.background_running += 1;
                    (job, true)
                } else {
                    // At the limit: whoever ends a background job takes the next one.
                    return;
                }
            };
            let _ = std::panic::catch_unwind(AssertUnwindSafe(job));
            let mut waiting = pool.lock();
            if background {
                waiting.background_running -= 1;
                let more = !waiting.background.is_empty();
                drop(waiting);
                if more {
                    pool.turn();
                }
            } else {
                waiting.interactive_running -= 1;
                if waiting.interactive_running == 0 && waiting.interactive.is_empty() {
                    drop(waiting);
                    pool.calm.notify_all();
                }
            }
        });
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn what_the_user_waits_for_overtakes_the_background_and_finds_a_thread() {
        let pool = Pool::new(2).expect("threads");
        let (release, gate) = mpsc::channel::<()>();
        let gate = Arc::new(Mutex::new(gate));
        for _ in 0..8 {
            let gate = gate.clone();
            pool.spawn(Urgency::Background, move || {
                let _ = gate.lock().expect("whole").recv();
            });
        }
        assert_eq!(pool.run(Urgency::Interactive, |_| 7).await, Ok(7));
        drop(release);
        assert_eq!(pool.run(Urgency::Background, |_| 8).await, Ok(8));
    }

    #[tokio::test]
    async fn background_work_stands_aside_while_the_user_waits() {
        let pool = Pool::new(2).expect("threads");
        pool.give_way();
        let (release, gate) = mpsc::channel::<()>();
        let call = tokio::spawn(pool.run(Urgency::Interactive, move |_| {
            let _ = gate.recv();
        }));
        while pool.lock().interactive_running == 0 {
            tokio::task::yield_now().await;
        }
        let (other, (said, heard)) = (pool.clone(), mpsc::channel());
        std::thread::spawn(move || {
            other.give_way();
            let _ = said.send(());
        });
        assert!(heard.try_recv().is_err(), "it went on at once");
        drop(release);
        assert_eq!(call.await.expect("it ends"), Ok(()));
        heard.recv().expect("it goes on");
    }

    #[tokio::test]
    async fn a_dropped_future_stops_its_job() {
        let pool = Pool::new(2).expect("threads");
        let (started, has_started) = oneshot::channel();
        let (stopped, has_stopped) = oneshot::channel();
        let call = pool.run(Urgency::Interactive, move |token| {
            let _ = started.send(());
            while !token.is_cancelled() {
                std::thread::yield_now();
            }
            let _ = stopped.send(());
        });
        let call = tokio::spawn(call);
        has_started.await.expect("it runs");
        call.abort();
        has_stopped.await.expect("it stops");
    }

    #[tokio::test]
    async fn a_panic_is_lost_and_the_thread_goes_on() {
        let pool = Pool::new(2).expect("threads");
        for _ in 0..4 {
            let lost = pool.run(Urgency::Interactive, |_| panic!("on purpose")).await;
            assert_eq!(lost, Err::<(), _>(Lost::Failed));
        }
        assert_eq!(pool.run(Urgency::Interactive, |_| 1).await, Ok(1));
    }
}
