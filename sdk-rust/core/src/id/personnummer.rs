//! Swedish personal identity numbers, which no id may be.

pub(super) fn is_personnummer(digits: &[u8]) -> bool {
    let ten = match digits.len() {
        10 => digits,
        12 if matches!(digits[..2], [1, 8 | 9] | [2, 0]) => &digits[2..],
        _ => return false,
    };
    let month = ten[2] * 10 + ten[3];
    // Coordination numbers add 60 to the day (folkbokföringslagen 18 a §).
    let day = ten[4] * 10 + ten[5];
    let date = matches!(month, 1..=12) && matches!(day, 1..=31 | 61..=91);
    let luhn: u8 = ten
        .iter()
        .enumerate()
        .map(|(i, d)| {
            let doubled = if i % 2 == 0 { d * 2 } else { *d };
            doubled / 10 + doubled % 10
        })
        .sum();
    date && luhn.is_multiple_of(10)
}
