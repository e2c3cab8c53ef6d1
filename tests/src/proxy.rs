//! A network that a test can break: a TCP proxy before one server, whose link is open, slow, held or down.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What happens to bytes, in either direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// They pass.
    Open,
    /// Each piece arrives that much later, longer than any deadline of ours.
    Slow(Duration),
    /// They arrive when the link is open again, as after a partition that heals or a machine that was paused.
    Held,
    /// The client's bytes arrive, and the server's wait until the link is open again.
    AnswersHeld,
    /// Connections are closed, new ones at once.
    Down,
}

/// A proxy; dropping it closes its connections.
pub struct Proxy {
    address: SocketAddr,
    server: watch::Sender<SocketAddr>,
    link: watch::Sender<Link>,
    swallowed: watch::Sender<u64>,
    accepted: Arc<AtomicU64>,
    accepting: JoinHandle<()>,
}

/// The direction of a piece.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    There,
    Back,
}

impl Proxy {
    /// Starts a proxy before this server, with an open link.
    pub async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (link, watched) = watch::channel(Link::Open);
        let (server, servers) = watch::channel(server);
        let (swallowed, below) = watch::channel(0);
        let accepted = Arc::new(AtomicU64::new(0));
        let counted = accepted.clone();
        let accepting = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                let number = counted.fetch_add(1, Ordering::SeqCst);
                let server = *servers.borrow();
                let state = State {
                    number,
                    link: watched.clone(),
                    below: below.clone(),
                };
                connections.spawn(connection(client, server, state));
                while connections.try_join_next().is_some() {}
            }
        });
        Self {
            address,
            server,
            link,
            swallowed,
            accepted,
            accepting,
        }
    }

    /// The proxy's address as a URL.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The proxy's address.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sends new connections to this server, which has replaced the other.
    pub fn follow(&self, server: SocketAddr) {
        self.server.send_replace(server);
    }

    /// Drops everything on the present connections for good, in either direction, and closes none of them, as a
    /// firewall that has forgotten them. New connections work.
    pub fn swallow(&self) {
        self.swallowed
            .send_replace(self.accepted.load(Ordering::SeqCst));
    }

    /// Changes the link, also for bytes under way.
    pub fn set(&self, link: Link) {
        self.link.send_replace(link);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// The state that connections follow.
#[derive(Clone)]
struct State {
    /// The number of the next connection; the first is 0.
    number: u64,
    link: watch::Receiver<Link>,
    /// Connections with a smaller number are dropped.
    below: watch::Receiver<u64>,
}

async fn connection(client: TcpStream, server: SocketAddr, state: State) {
    let mut link = state.link.clone();
    if *link.borrow() == Link::Down {
        return;
    }
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let there = pump(from_client, to_server, Way::There, state.clone());
    let back = pump(from_server, to_client, Way::Back, state);
    tokio::select! {
        () = there => {}
        () = back => {}
        _ = link.wait_for(|link| *link == Link::Down) => {}
    }
}

/// Moves bytes one way until either end closes.
async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, way: Way, mut state: State) {
    let mut piece = vec![0; 16 * 1024];
    loop {
        let Ok(length @ 1..) = from.read(&mut piece).await else {
            return;
        };
        let passes = |link: &Link| match link {
            Link::Open | Link::Slow(_) | Link::Down => true,
            Link::Held => false,
            Link::AnswersHeld => way == Way::There,
        };
        let Ok(link) = state.link.wait_for(passes).await.map(|link| *link) else {
            return;
        };
        if let Link::Slow(delay) = link {
            tokio::time::sleep(delay).await;
        }
        if state.number < *state.below.borrow() {
            continue;
        }
        if to.write_all(&piece[..length]).await.is_err() {
            return;
        }
    }
}
