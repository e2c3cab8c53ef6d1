use super::*;

fn coming(max: usize, per_caller_max: usize) -> Coming {
    let limits = ArrivalLimits {
        max,
        per_caller_max,
    };
    let gauge = Metrics::default().gauge("samtycke_bodies_coming", "", &[]);
    Coming::new(limits, gauge)
}

fn caller(n: u8) -> Bucket {
    Bucket::Key([n; 16])
}

fn is_cut(place: &mut Place<'_>) -> bool {
    place.cut.try_recv() == Err(oneshot::error::TryRecvError::Closed)
}

#[test]
fn a_callers_oldest_body_makes_room_for_its_newest() {
    let coming = coming(100, 2);
    let mut first = coming.enter(caller(1));
    let mut other = coming.enter(caller(2));
    let mut second = coming.enter(caller(1));
    assert!(!is_cut(&mut first));
    let mut third = coming.enter(caller(1));
    assert!(is_cut(&mut first));
    assert!(!is_cut(&mut second) && !is_cut(&mut third) && !is_cut(&mut other));
}

#[test]
fn the_oldest_body_of_all_makes_room_for_the_newest() {
    let coming = coming(3, 2);
    let mut places: Vec<_> = (1..=3).map(|n| coming.enter(caller(n))).collect();
    assert!(!places.iter_mut().any(is_cut));
    let mut fourth = coming.enter(caller(4));
    assert!(is_cut(&mut places[0]));
    assert!(!is_cut(&mut places[1]) && !is_cut(&mut places[2]) && !is_cut(&mut fourth));
}

#[test]
fn a_body_that_has_come_leaves_its_place() {
    let coming = coming(2, 1);
    let mut slow = coming.enter(caller(1));
    for _ in 0..10 {
        let mut quick = coming.enter(caller(2));
        assert!(!is_cut(&mut quick));
    }
    assert!(!is_cut(&mut slow));
    assert_eq!(coming.gauge.get(), 1);
    drop(slow);
    assert_eq!(coming.gauge.get(), 0);
    let queues = coming.lock();
    assert!(queues.all.is_empty() && queues.by_caller.is_empty());
}

#[test]
fn a_body_that_made_room_leaves_nothing_behind() {
    let coming = coming(2, 1);
    let first = coming.enter(caller(1));
    let second = coming.enter(caller(1));
    drop(first);
    assert_eq!(coming.gauge.get(), 1);
    drop(second);
    assert_eq!(coming.gauge.get(), 0);
    assert!(coming.lock().by_caller.is_empty());
}
