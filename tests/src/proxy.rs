//! A network that a test can break: a TCP proxy in front of one server, whose link is open, slow, held, or down.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What becomes of bytes, in either direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// They pass.
    Open,
    /// Each piece arrives that much later, which is slower than any of ours would be.
    Slow(Duration),
    /// They arrive when the link is open again: a partition that heals, or a machine that is paused.
    Held,
    /// What the client sends arrives, and what the server answers does not, until the link is open again.
    AnswersHeld,
    /// Connections are closed, and new ones at once.
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

/// Which way a piece goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    There,
    Back,
}

impl Proxy {
    /// In front of this server; the link is open.
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

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it listens.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// New connections go to this server, which has taken the other's place.
    pub fn follow(&self, server: SocketAddr) {
        self.server.send_replace(server);
    }

    /// Swallows for good whatever comes on the connections that there are now, in either direction, and closes none of
    /// them: a firewall that has forgotten them. New ones pass.
    pub fn swallow(&self) {
        self.swallowed
            .send_replace(self.accepted.load(Ordering::SeqCst));
    }

    /// Changes the link, for what is under way too.
    pub fn set(&self, link: Link) {
        self.link.send_replace(link);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// What a connection goes by.
#[derive(Clone)]
struct State {
    /// The first is 0.
    number: u64,
    link: watch::Receiver<Link>,
    /// Connections with a smaller number are swallowed.
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
