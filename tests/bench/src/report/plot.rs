//! The plots, as SVG.

use plotters::prelude::*;

use super::Curve;
use crate::Result;

/// A plot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plot {
    /// The name of its file and of its lines in the results.
    pub(super) id: &'static str,
    /// The heading.
    pub(super) title: &'static str,
    x: &'static str,
    y: &'static str,
}

/// All plots.
pub(super) const PLOTS: &[Plot] = &[
    Plot {
        id: "latency",
        title: "Items per second against latency",
        x: "latency of a response (ms)",
        y: "members per second",
    },
    Plot {
        id: "memory",
        title: "Memory against items",
        x: "members read",
        y: "memory of the process (MiB)",
    },
    Plot {
        id: "tasks",
        title: "Calls per second against tasks",
        x: "tasks",
        y: "calls per second",
    },
];

const COLOURS: [RGBColor; 4] = [
    RGBColor(0x1f, 0x77, 0xb4),
    RGBColor(0xd6, 0x27, 0x28),
    RGBColor(0x2c, 0xa0, 0x2c),
    BLACK,
];

impl Plot {
    /// Draws the lines.
    pub(super) fn draw(&self, curves: &[Curve]) -> Result<String> {
        let points = || curves.iter().flat_map(|curve| &curve.points);
        let most = |of: fn(&(f64, f64)) -> f64| points().map(of).fold(0.0, f64::max).max(1.0);
        let (width, height) = (most(|point| point.0), most(|point| point.1));
        let mut svg = String::new();
        {
            let area = SVGBackend::with_string(&mut svg, (760, 420)).into_drawing_area();
            area.fill(&WHITE)?;
            let mut chart = ChartBuilder::on(&area)
                .margin(16)
                .x_label_area_size(44)
                .y_label_area_size(84)
                .build_cartesian_2d(0.0..width * 1.02, 0.0..height * 1.1)?;
            chart
                .configure_mesh()
                .x_desc(self.x)
                .y_desc(self.y)
                .max_light_lines(0)
                .draw()?;
            for (curve, colour) in curves.iter().zip(COLOURS) {
                chart
                    .draw_series(LineSeries::new(curve.points.iter().copied(), colour.stroke_width(2)))?
                    .label(&curve.name)
                    .legend(move |(x, y)| PathElement::new(vec![(x, y), (x + 18, y)], colour.stroke_width(2)));
                chart.draw_series(curve.points.iter().map(|point| Circle::new(*point, 3, colour.filled())))?;
            }
            chart
                .configure_series_labels()
                .position(SeriesLabelPosition::LowerRight)
                .background_style(WHITE.mix(0.8))
                .border_style(BLACK.mix(0.3))
                .draw()?;
            area.present()?;
        }
        Ok(svg)
    }
}
