//! Counters, gauges and histograms in Prometheus' format.
//!
//! Each server in a process has its own, because tests run many servers side by side, and the common crates keep one
//! set per process. A label has one of a few values, fixed or from the settings: never a tenant, a subject, an address or a
//! client's path.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

mod requests;

pub use requests::RouteClass;

use requests::Requests;

/// Upper bounds of the histograms' buckets; microseconds. They range from a hot check to the request timeout.
const BOUNDS_US: [u64; 16] = [
    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
    1_000_000, 5_000_000, 30_000_000,
];

/// All metrics of one server.
#[derive(Debug, Default)]
pub struct Metrics {
    series: Mutex<Vec<Series>>,
    requests: Requests,
}

#[derive(Debug)]
struct Series {
    name: &'static str,
    help: &'static str,
    labels: Vec<(&'static str, &'static str)>,
    value: Value,
}

#[derive(Debug)]
enum Value {
    Counter(Counter),
    Gauge(Gauge),
    Histogram(Histogram),
}

/// A number that only grows. Clones share the count.
#[derive(Debug, Clone, Default)]
pub struct Counter(Arc<AtomicU64>);

impl Counter {
    /// Adds one.
    pub fn increment(&self) {
        self.add(1);
    }

    /// Adds `n`.
    pub fn add(&self, n: u64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }

    /// The current value.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A number that goes up and down. Clones share the value.
#[derive(Debug, Clone, Default)]
pub struct Gauge(Arc<AtomicI64>);

impl Gauge {
    /// Sets the number.
    pub fn set(&self, n: i64) {
        self.0.store(n, Ordering::Relaxed);
    }

    /// Adds to the value; a negative number subtracts.
    pub fn add(&self, n: i64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }

    /// The current value.
    pub fn get(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A distribution of durations, in buckets from 50 us to 30 s. Clones share the counts.
#[derive(Debug, Clone, Default)]
pub struct Histogram(Arc<Buckets>);

#[derive(Debug, Default)]
struct Buckets {
    counts: [AtomicU64; BOUNDS_US.len() + 1],
    sum_us: AtomicU64,
}

impl Histogram {
    /// Records one duration.
    pub fn observe(&self, took: Duration) {
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS_US.partition_point(|bound| *bound < us);
        self.0.counts[bucket].fetch_add(1, Ordering::Relaxed);
        self.0.sum_us.fetch_add(us, Ordering::Relaxed);
    }

    /// Number of recorded durations.
    pub fn count(&self) -> u64 {
        self.0
            .counts
            .iter()
            .map(|count| count.load(Ordering::Relaxed))
            .sum()
    }
}

impl Metrics {
    /// The counter with this name and these labels, created at the first call. `name` ends in `_total`. Keep the
    /// handle: a lookup takes a lock.
    pub fn counter(
        &self,
        name: &'static str,
        help: &'static str,
        labels: &[(&'static str, &'static str)],
    ) -> Counter {
        let find = |value: &Value| match value {
            Value::Counter(counter) => Some(counter.clone()),
            Value::Gauge(_) | Value::Histogram(_) => None,
        };
        self.series(name, help, labels, find, |counter| {
            Value::Counter(counter.clone())
        })
    }

    /// The gauge with this name and these labels, created at the first call.
    pub fn gauge(
        &self,
        name: &'static str,
        help: &'static str,
        labels: &[(&'static str, &'static str)],
    ) -> Gauge {
        let find = |value: &Value| match value {
            Value::Gauge(gauge) => Some(gauge.clone()),
            Value::Counter(_) | Value::Histogram(_) => None,
        };
        self.series(name, help, labels, find, |gauge| {
            Value::Gauge(gauge.clone())
        })
    }

    /// The histogram with this name and these labels, created at the first call. `name` ends in `_seconds`.
    pub fn histogram(
        &self,
        name: &'static str,
        help: &'static str,
        labels: &[(&'static str, &'static str)],
    ) -> Histogram {
        let find = |value: &Value| match value {
            Value::Histogram(histogram) => Some(histogram.clone()),
            Value::Counter(_) | Value::Gauge(_) => None,
        };
        self.series(name, help, labels, find, |histogram| {
            Value::Histogram(histogram.clone())
        })
    }

    /// Counts an answered request. Takes no lock.
    pub fn request(
        &self,
        class: RouteClass,
        method: &axum::http::Method,
        status: u16,
        took: Duration,
    ) {
        self.requests.count(class, method, status, took);
    }

    /// All metrics in Prometheus' text format 0.0.4 (`text/plain; version=0.0.4`).
    pub fn render(&self) -> String {
        let mut out = String::new();
        self.requests.render(&mut out);
        let mut series = self.lock();
        series.sort_by_key(|series| (series.name, series.labels.clone()));
        let mut previous = "";
        for series in series.iter() {
            let kind = match &series.value {
                Value::Counter(_) => "counter",
                Value::Gauge(_) => "gauge",
                Value::Histogram(_) => "histogram",
            };
            if series.name != previous {
                heading(&mut out, series.name, series.help, kind);
                previous = series.name;
            }
            let labels = labels(&series.labels);
            match &series.value {
                Value::Counter(counter) => line(&mut out, series.name, &labels, counter.get()),
                Value::Gauge(gauge) => line(&mut out, series.name, &labels, gauge.get()),
                Value::Histogram(histogram) => histogram.render(&mut out, series.name, &labels),
            }
        }
        out
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Series>> {
        // A panic cannot leave the list in an invalid state.
        self.series.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Finds or creates a series. Two kinds under one name are a defect of the caller; the output then contains both,
    /// so that its tests see it.
    fn series<T: Default>(
        &self,
        name: &'static str,
        help: &'static str,
        labels: &[(&'static str, &'static str)],
        find: impl Fn(&Value) -> Option<T>,
        make: impl Fn(&T) -> Value,
    ) -> T {
        let mut all = self.lock();
        let found = all
            .iter()
            .filter(|series| series.name == name && series.labels == labels)
            .find_map(|series| find(&series.value));
        found.unwrap_or_else(|| {
            let made = T::default();
            all.push(Series {
                name,
                help,
                labels: labels.to_vec(),
                value: make(&made),
            });
            made
        })
    }
}

impl Histogram {
    fn render(&self, out: &mut String, name: &str, labels: &str) {
        let comma = if labels.is_empty() { "" } else { "," };
        let mut total = 0;
        for (bound, count) in BOUNDS_US.iter().zip(&self.0.counts) {
            total += count.load(Ordering::Relaxed);
            let _ = writeln!(
                out,
                "{name}_bucket{{{labels}{comma}le=\"{}\"}} {total}",
                Duration::from_micros(*bound).as_secs_f64()
            );
        }
        total += self.0.counts[BOUNDS_US.len()].load(Ordering::Relaxed);
        let sum = Duration::from_micros(self.0.sum_us.load(Ordering::Relaxed)).as_secs_f64();
        let _ = writeln!(out, "{name}_bucket{{{labels}{comma}le=\"+Inf\"}} {total}");
        line(out, &format!("{name}_sum"), labels, sum);
        line(out, &format!("{name}_count"), labels, total);
    }
}

fn heading(out: &mut String, name: &str, help: &str, kind: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn line(out: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
    let _ = if labels.is_empty() {
        writeln!(out, "{name} {value}")
    } else {
        writeln!(out, "{name}{{{labels}}} {value}")
    };
}

/// Formats labels. A value may come from the settings, so it is escaped.
fn labels(labels: &[(&str, &str)]) -> String {
    let escaped = |value: &str| {
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        value.replace('\n', "\\n")
    };
    let labels: Vec<String> = labels
        .iter()
        .map(|(name, value)| format!("{name}=\"{}\"", escaped(value)))
        .collect();
    labels.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_rendered_as_prometheus_reads_it() {
        let metrics = Metrics::default();
        metrics
            .counter("b_total", "Bees.", &[("kind", "wild")])
            .add(2);
        metrics
            .counter("b_total", "Bees.", &[("kind", "wild")])
            .increment();
        metrics
            .counter("b_total", "Bees.", &[("kind", "kept")])
            .increment();
        metrics.gauge("a", "Ants.", &[]).set(-4);
        let histogram = metrics.histogram("c_seconds", "Cats.", &[]);
        for us in [50, 51, 40_000_000] {
            histogram.observe(Duration::from_micros(us));
        }
        let out = metrics.render();
        assert!(
            out.starts_with(
                "# HELP a Ants.\n# TYPE a gauge\na -4\n# HELP b_total Bees.\n# TYPE b_total counter\n\
                 b_total{kind=\"kept\"} 1\nb_total{kind=\"wild\"} 3\n# HELP c_seconds Cats.\n\
                 # TYPE c_seconds histogram\nc_seconds_bucket{le=\"0.00005\"} 1\nc_seconds_bucket{le=\"0.0001\"} 2\n"
            ),
            "{out}"
        );
        assert!(
            out.ends_with(
                "c_seconds_bucket{le=\"30\"} 2\nc_seconds_bucket{le=\"+Inf\"} 3\nc_seconds_sum 40.000101\n\
                 c_seconds_count 3\n"
            ),
            "{out}"
        );
        assert_eq!(histogram.count(), 3);
    }

    #[test]
    fn requests_are_counted_by_class_method_and_status() {
        let metrics = Metrics::default();
        let took = Duration::from_millis(1);
        metrics.request(RouteClass::Check, &axum::http::Method::POST, 200, took);
        metrics.request(RouteClass::Check, &axum::http::Method::POST, 200, took);
        metrics.request(RouteClass::Other, &axum::http::Method::TRACE, 799, took);
        let out = metrics.render();
        assert!(
            out.contains(
                "samtycke_http_requests_total{class=\"check\",method=\"POST\",status=\"200\"} 2\n"
            ),
            "{out}"
        );
        assert!(out.contains(
            "samtycke_http_requests_total{class=\"other\",method=\"other\",status=\"other\"} 1\n"
        ), "{out}");
        assert!(
            out.contains("samtycke_http_request_seconds_count{class=\"check\"} 2\n"),
            "{out}"
        );
    }
}
