use axum::routing::get;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::oneshot;

use super::*;

struct Running {
    address: SocketAddr,
    metrics: Arc<Metrics>,
    stop: oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<io::Result<()>>,
}

fn start(router: Router, connections_max: usize, timeout: Duration) -> Running {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let metrics = Arc::new(Metrics::default());
    let (stop, stopped) = oneshot::channel::<()>();
    let limits = ServeLimits {
        connections_max,
        idle_timeout: timeout,
        proxies: Networks::default(),
        is_behind_proxies: false,
        header_read_timeout: timeout,
        shutdown_drain: Duration::from_secs(20),
    };
    let counted = metrics.clone();
    let ended = tokio::spawn(async move {
        serve(listener, router, limits, &counted, async {
            drop(stopped.await);
        })
        .await
    });
    Running {
        address,
        metrics,
        stop,
        ended,
    }
}

fn hello() -> Router {
    Router::new().route("/", get(async || "hello"))
}

async fn say(address: SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// Reads until the server closes the connection. The test's own time limit bounds the wait.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes)).await;
    let _ = read.expect("the server closes the connection");
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn half_a_head_and_silence_are_closed_in_time() {
    let server = start(hello(), 10, Duration::from_millis(200));
    for half in [
        "GET / HTTP/1.1\r\nHost: a.example\r\nX-Half: ",
        "",
        "PRI * HTT",
        "GET",
    ] {
        let mut stream = say(server.address, half).await;
        let answer = rest(&mut stream).await;
        assert!(!answer.starts_with("HTTP/1.1 200"), "{half:?}: {answer}");
    }
    // A connection that is idle after an answer also counts as silent.
    let mut stream = say(server.address, "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").await;
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn http_2_is_spoken_too() {
    let server = start(hello(), 10, Duration::from_secs(20));
    let no_settings = "\0\0\0\x04\0\0\0\0\0";
    let preface = format!("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{no_settings}");
    let mut stream = say(server.address, &preface).await;
    let mut frame = [0; 9];
    stream.read_exact(&mut frame).await.unwrap();
    assert_eq!(
        frame[3], 4,
        "the first frame of a server holds its settings"
    );
}

#[tokio::test]
async fn too_many_connections_are_closed_and_a_place_comes_back() {
    let server = start(hello(), 1, Duration::from_secs(20));
    let ask = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";
    let mut first = say(server.address, ask).await;
    let mut byte = [0];
    first.read_exact(&mut byte).await.unwrap();
    let mut second = TcpStream::connect(server.address).await.unwrap();
    assert_eq!(rest(&mut second).await, "");
    assert!(
        server
            .metrics
            .render()
            .contains("samtycke_connections_refused_total{bound=\"all\"} 1\n")
    );
    drop(first);
    // The server frees the place when it sees the end of the first connection.
    let last = "GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n";
    loop {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        // The write fails if the server has closed the connection already.
        let _ = stream.write_all(last.as_bytes()).await;
        if rest(&mut stream).await.starts_with("HTTP/1.1 200 OK") {
            break;
        }
    }
}

#[tokio::test]
async fn stopping_lets_requests_in_work_end_and_takes_no_more() {
    let entered = Arc::new(tokio::sync::Notify::new());
    let release = Arc::new(tokio::sync::Notify::new());
    let (inside, leave) = (entered.clone(), release.clone());
    let router = Router::new().route(
        "/",
        get(async move || {
            inside.notify_one();
            leave.notified().await;
            "done"
        }),
    );
    let server = start(router, 10, Duration::from_secs(20));
    let mut stream = say(server.address, "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").await;
    entered.notified().await;
    server.stop.send(()).unwrap();
    // The server closes the listener before it waits for the requests in flight.
    while TcpStream::connect(server.address).await.is_ok() {}
    assert!(!server.ended.is_finished());
    release.notify_one();
    assert!(rest(&mut stream).await.ends_with("done"));
    server.ended.await.unwrap().unwrap();
}

/// Protects a client that is still sending when it is refused: it gets the problem and not a broken pipe, and its
/// connection answers the next request.
#[tokio::test]
async fn a_refusal_before_the_body_keeps_the_connection() {
    let refuses = Router::new().route("/", axum::routing::put(async || "refused"));
    let server = start(refuses, 10, Duration::from_secs(20));
    let half = "x".repeat(100_000);
    let head = "PUT / HTTP/1.1\r\nhost: a.example\r\ncontent-length: 200000\r\n\r\n";
    let mut stream = say(server.address, &format!("{head}{half}")).await;
    answered(&mut stream, "refused").await;
    stream.write_all(half.as_bytes()).await.unwrap();
    let next =
        "PUT / HTTP/1.1\r\nhost: a.example\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    stream.write_all(next.as_bytes()).await.unwrap();
    assert!(rest(&mut stream).await.ends_with("refused"));
}

/// Protects the places for connections: who goes on sending what nobody wants is cut off.
#[tokio::test]
async fn an_endless_body_that_is_refused_is_cut_off() {
    let refuses = Router::new().route("/", axum::routing::put(async || "refused"));
    let server = start(refuses, 10, Duration::from_secs(20));
    let head = "PUT / HTTP/1.1\r\nhost: a.example\r\ncontent-length: 99999999\r\n\r\n";
    let mut stream = say(server.address, head).await;
    answered(&mut stream, "refused").await;
    let part = vec![b'x'; 64 * 1024];
    let sent = async { while stream.write_all(&part).await.is_ok() {} };
    let cut_off = tokio::time::timeout(Duration::from_secs(20), sent).await;
    cut_off.expect("the server closes the connection");
}

/// Protects everybody else from one address with many connections: it gets a part of the places, and another address one
/// of the rest. A trusted proxy has no such bound, because everybody's connections come from it.
#[tokio::test]
async fn one_address_gets_a_part_of_the_connections() {
    let server = start(hello(), 20, Duration::from_secs(20));
    let open = async |from: [u8; 4]| {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from((from, 0))).unwrap();
        let mut stream = socket.connect(server.address).await.unwrap();
        let ask = b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";
        let _ = stream.write_all(ask).await;
        let mut byte = [0];
        let read = stream.read(&mut byte).await.unwrap_or(0);
        (read == 1).then_some(stream)
    };
    let mut held = Vec::new();
    while let Some(stream) = open([127, 0, 0, 2]).await {
        held.push(stream);
    }
    assert_eq!(held.len(), 4);
    for other in 3..9 {
        held.extend(open([127, 0, 0, other]).await);
        assert_eq!(held.len(), 2 + usize::from(other));
    }
    let refused = "samtycke_connections_refused_total{bound=\"share\"} 1\n";
    assert!(server.metrics.render().contains(refused));

    let mut limits = ServeLimits::of(&Config::defaults());
    limits.connections_max = 20;
    limits.proxies = "127.0.0.2".parse().unwrap();
    let acceptor = Acceptor::new(limits, &Metrics::default());
    assert!(acceptor.is_proxy("127.0.0.2".parse().unwrap()));
    assert!(!acceptor.is_proxy("127.0.0.3".parse().unwrap()));
}

/// Protects the places from connections that only answer pings: without a request one ends, and with a request that is
/// long in work it does not.
#[tokio::test]
async fn an_http_2_connection_without_requests_ends() {
    let server = start(hello(), 10, Duration::from_millis(200));
    let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    let ping = [0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
    let mut stream = say(server.address, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
    stream.write_all(&settings).await.unwrap();
    let (mut read, mut write) = stream.split();
    let mut answers = [0; 64];
    let pinging = async {
        // Each ping follows the answer to the one before it.
        while write.write_all(&ping).await.is_ok() {
            match read.read(&mut answers).await {
                Ok(0) | Err(_) => break,
                Ok(_) => {}
            }
        }
    };
    let ended = tokio::time::timeout(Duration::from_secs(20), pinging).await;
    ended.expect("the server closes the connection");

    let entered = Arc::new(tokio::sync::Notify::new());
    let inside = entered.clone();
    let slow = async move || {
        inside.notify_one();
        tokio::time::sleep(Duration::from_millis(900)).await;
        "late"
    };
    let server = start(
        Router::new().route("/", get(slow)),
        10,
        Duration::from_millis(200),
    );
    let mut stream = say(server.address, "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").await;
    entered.notified().await;
    assert!(rest(&mut stream).await.ends_with("late"));
}

/// Reads one answer, which ends with this text.
async fn answered(stream: &mut TcpStream, text: &str) {
    let mut bytes = Vec::new();
    while !bytes.ends_with(text.as_bytes()) {
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "closed");
    }
}
