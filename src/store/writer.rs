//! Writing in the background: notes come from several threads, batches go to the file from one.
//!
//! A batch is written when it is large enough, or when nothing more has come for a moment; with nothing to write, the
//! thread sleeps. The first failure ends writing for good and is told once: what is kept is a convenience.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::compaction::SEGMENT;
use super::log::LogSize;
use super::segment::{Builder, Check};
use super::{Stamp, Store, StoreError};

/// The time for which a batch waits for more.
const PAUSE: Duration = Duration::from_millis(500);

enum Order {
    Put(Box<str>, Stamp, Vec<u8>),
    Same(Box<str>, Stamp),
    Check(Box<str>, Check, Vec<u8>),
    Remove(Box<str>),
    Size(LogSize),
    Flush(Sender<()>),
}

/// The way to the thread that writes. Cheap to clone; what was sent is written before the last one is gone.
#[derive(Debug)]
pub struct Writer {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Order")
    }
}

impl Writer {
    /// Starts writing to a store. `say` is told why writing ended, if it did.
    #[must_use]
    pub fn start(store: Store, say: impl FnOnce(StoreError) + Send + 'static) -> Self {
        let (orders, received) = channel();
        let thread = std::thread::Builder::new().name("store".to_owned()).spawn(move || {
            let path = store.path().to_path_buf();
            if let Err(cause) = write(store, &received) {
                say(StoreError::Write { path, cause });
            }
        });
        Self { orders: Some(orders), thread: thread.ok() }
    }

    /// A note was read.
    pub fn put(&self, path: &str, stamp: Stamp, bytes: Vec<u8>) {
        self.order(Order::Put(path.into(), stamp, bytes));
    }

    /// A note was looked at again and is the same.
    pub fn same(&self, path: &str, stamp: Stamp) {
        self.order(Order::Same(path.into(), stamp));
    }

    /// A note was checked.
    pub fn check(&self, path: &str, check: Check, findings: Vec<u8>) {
        self.order(Order::Check(path.into(), check, findings));
    }

    /// A note is gone.
    pub fn remove(&self, path: &str) {
        self.order(Order::Remove(path.into()));
    }

    /// The log stands so: it is merged where that pays, once what was sent before is written.
    pub fn found(&self, size: LogSize) {
        self.order(Order::Size(size));
    }

    /// Waits until everything sent before is in the file, or writing has ended.
    pub fn flush(&self) {
        let (done, wait) = channel();
        self.order(Order::Flush(done));
        let _ = wait.recv();
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // A writer that gave up hears nothing more.
            let _ = orders.send(order);
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn write(mut store: Store, orders: &Receiver<Order>) -> rusqlite::Result<()> {
    let mut batch = Builder::default();
    let mut size = LogSize::default();
    loop {
        let next = if batch.is_empty() {
            orders.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            orders.recv_timeout(PAUSE)
        };
        let mut now = matches!(next, Err(_) | Ok(Order::Flush(_) | Order::Size(_)));
        let (mut done, mut ended) = (None, false);
        match next {
            Ok(Order::Put(path, stamp, bytes)) => batch.put(&path, stamp, &bytes),
            Ok(Order::Same(path, stamp)) => batch.same(&path, stamp),
            Ok(Order::Check(path, check, findings)) => batch.check(&path, check, &findings),
            Ok(Order::Remove(path)) => batch.remove(&path),
            Ok(Order::Size(found)) => size = found,
            Ok(Order::Flush(flushed)) => done = Some(flushed),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => ended = true,
        }
        now |= batch.size() >= SEGMENT;
        if now && !batch.is_empty() {
            store.add(&std::mem::take(&mut batch))?;
            size.segments += 1;
        }
        if let Some(done) = done {
            let _ = done.send(());
        }
        if ended {
            return Ok(());
        }
        if now && size.needs_compaction() {
            size = store.compact()?;
        }
    }
}
