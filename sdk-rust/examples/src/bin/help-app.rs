//! `help-app demo.json [address]`: see `samtycke_examples::help_app`.

use std::path::PathBuf;

use samtycke_examples::help_app;
use samtycke_examples::place::{Failure, Place};

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let demo = PathBuf::from(args.next().unwrap_or_else(|| "data/demo.json".into()));
    let address = args.next().unwrap_or_else(|| "127.0.0.1:8090".into());
    let place = Place::of_demo(&demo, "ommej")?;
    let listener = tokio::net::TcpListener::bind(&address).await?;
    let here = format!("http://{}", listener.local_addr()?);
    println!("The help app is at {here}. Try, in this order:\n");
    println!(
        "  curl -s {here}/account --json '{{\"email\":\"kim@example.com\",\"yes\":true}}'   # gives a session, and the child's pseudonym"
    );
    println!(
        "  curl -si {here}/answers -H 'Authorization: Bearer SESSION' --json '{{\"question\":\"How are you?\",\"answer\":\"So so\"}}'   # 403: no consent"
    );
    println!(
        "  curl -s {here}/consent -H 'Authorization: Bearer SESSION' --json '{{\"yes\":true}}'"
    );
    println!(
        "  curl -si {here}/answers -H 'Authorization: Bearer SESSION' --json '{{\"question\":\"How are you?\",\"answer\":\"So so\"}}'   # 201"
    );
    println!("  curl -s {here}/admin/children/CHILD/answers");
    println!(
        "  curl -s {here}/consent -H 'Authorization: Bearer SESSION' --json '{{\"yes\":false}}'"
    );
    println!(
        "  curl -si {here}/admin/children/CHILD/answers   # 403: the view has closed with the child's consent"
    );
    axum::serve(listener, help_app::app(&place)?).await?;
    Ok(())
}
