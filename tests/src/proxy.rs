//! A network that a test can break: a TCP proxy in front of one server, whose link is open, slow, held, or down.

use std::net::SocketAddr;
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
        let accepting = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                let server = *servers.borrow();
                connections.spawn(connection(client, server, watched.clone()));
                while connections.try_join_next().is_some() {}
            }
        });
        Self {
            address,
            server,
            link,
            accepting,
        }
    }

    /// Where it listens.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// New connections go to this server, which has taken the other's place.
    pub fn follow(&self, server: SocketAddr) {
        self.server.send_replace(server);
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

async fn connection(client: TcpStream, server: SocketAddr, mut link: watch::Receiver<Link>) {
    if *link.borrow() == Link::Down {
        return;
    }
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let down = link.clone();
    let there = pump(from_client, to_server, Way::There, link.clone());
    let back = pump(from_server, to_client, Way::Back, down);
    tokio::select! {
        () = there => {}
        () = back => {}
        _ = link.wait_for(|link| *link == Link::Down) => {}
    }
}

/// Moves bytes one way until either end closes.
async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    way: Way,
    mut link: watch::Receiver<Link>,
) {
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
        let Ok(state) = link.wait_for(passes).await.map(|link| *link) else {
            return;
        };
        if let Link::Slow(delay) = state {
            tokio::time::sleep(delay).await;
        }
        if to.write_all(&piece[..length]).await.is_err() {
            return;
        }
    }
}
