//! Networks in settings.

use std::net::IpAddr;
use std::str::FromStr;

/// Addresses and networks: `192.0.2.7, 10.0.0.0/8, 2001:db8::/32`. IPv4-mapped IPv6 addresses count as IPv4.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Networks(Vec<Network>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Network {
    address: IpAddr,
    prefix_bits: u32,
}

/// Error: the text does not list networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotNetworks;

impl Networks {
    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of the networks contains an address.
    pub fn contain(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(address))
    }
}

impl FromStr for Networks {
    type Err = NotNetworks;

    fn from_str(text: &str) -> Result<Self, NotNetworks> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let networks: Result<_, _> = text.split(',').map(|part| part.trim().parse()).collect();
        networks.map(Self)
    }
}

impl FromStr for Network {
    type Err = NotNetworks;

    /// Bits beyond the prefix must be zero: in `10.0.0.7/8` either the address or the prefix is a mistake.
    fn from_str(text: &str) -> Result<Self, NotNetworks> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| NotNetworks)?;
        let bits_max = bits(address).1;
        let prefix_bits = prefix.map_or(Ok(bits_max), |prefix| {
            prefix.parse().map_err(|_| NotNetworks)
        })?;
        let network = Self {
            address: address.to_canonical(),
            prefix_bits,
        };
        let is_plain = prefix_bits <= bits_max && address.to_canonical() == address;
        if is_plain && network.contains_only_zeros_beyond() {
            Ok(network)
        } else {
            Err(NotNetworks)
        }
    }
}

impl Network {
    fn contains(&self, address: IpAddr) -> bool {
        let ((own, width), (other, other_width)) = (bits(self.address), bits(address));
        width == other_width && ((own ^ other) & mask(width, self.prefix_bits)) == 0
    }

    fn contains_only_zeros_beyond(&self) -> bool {
        let (own, width) = bits(self.address);
        own & !mask(width, self.prefix_bits) == 0
    }
}

/// An address as a number, and its width in bits.
fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u32::from(address).into(), u32::BITS),
        IpAddr::V6(address) => (address.into(), u128::BITS),
    }
}

/// A mask whose first `prefix_bits` of `width` bits are ones.
fn mask(width: u32, prefix_bits: u32) -> u128 {
    let all = u128::MAX >> (u128::BITS - width);
    let rest = all.checked_shr(prefix_bits).unwrap_or(0);
    all & !rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contain(networks: &str, address: &str) -> bool {
        let networks: Networks = networks.parse().unwrap();
        networks.contain(address.parse().unwrap())
    }

    #[test]
    fn an_address_is_in_a_network_by_its_first_bits() {
        for (networks, inside, outside) in [
            ("192.0.2.7", "192.0.2.7", "192.0.2.8"),
            ("10.0.0.0/8", "10.255.0.1", "11.0.0.1"),
            ("192.0.2.128/25", "192.0.2.128", "192.0.2.127"),
            ("0.0.0.0/0", "203.0.113.9", "::1"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
            ("::1", "::1", "::2"),
            ("::/0", "2001:db8::1", "127.0.0.1"),
            ("192.0.2.7, 10.0.0.0/8", "::ffff:10.1.1.1", "192.0.2.1"),
        ] {
            assert!(contain(networks, inside), "{networks}, {inside}");
            assert!(!contain(networks, outside), "{networks}, {outside}");
        }
        assert!(!contain("", "127.0.0.1"));
    }

    #[test]
    fn an_invalid_list_of_networks_is_refused() {
        for text in [
            "proxy.example",
            "10.0.0.0/33",
            "10.0.0.7/8",
            "2001:db8::/129",
            "10.0.0.0/",
            "10.0.0.0/-1",
            "10.0.0.1,",
            "10.0.0.1 10.0.0.2",
            "::ffff:10.0.0.0/104",
        ] {
            assert_eq!(text.parse::<Networks>(), Err(NotNetworks), "{text}");
        }
    }
}
