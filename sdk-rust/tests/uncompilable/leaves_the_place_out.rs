// fails with: E0599

include!("prelude/purposes.rs");

pub fn forgets(consented: Consented<Photo, Publish>) -> Result<(), Denied> {
    let _ = consented.subject()?;
    Ok(())
}

fn main() {}
