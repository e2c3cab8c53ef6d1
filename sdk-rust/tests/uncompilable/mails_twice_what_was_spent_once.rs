// fails with: E0382

include!("prelude/purposes.rs");

pub fn repeats(spent: Spent<Forward>) -> Result<(), Denied> {
    mail(spent)?;
    mail(spent)
}

fn main() {}
