//! `newsletter demo.json`: see `samtycke_examples::newsletter`.

use std::path::PathBuf;

use samtycke_examples::newsletter::{readers, send, subscribe, unsubscribe};
use samtycke_examples::place::{Failure, Place};

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let demo = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "data/demo.json".into());
    let place = Place::of_demo(&PathBuf::from(demo), "omilon")?;
    let samtycke = place.client()?;
    let addresses = ["kim@example.com", "robin@example.com", "sascha@example.com"];
    let list = readers(&samtycke, &addresses).await?;
    // Kim consents; Robin consents and withdraws; Sascha was never asked.
    subscribe(&samtycke, &place.site, &list[0]).await?;
    subscribe(&samtycke, &place.site, &list[1]).await?;
    unsubscribe(&samtycke, &list[1]).await?;
    let left_out = send(&samtycke, list, |address| println!("written to  {address}")).await;
    for (address, reason) in left_out {
        println!("left out    {address:<20} {reason}");
    }
    Ok(())
}
