package org.carelog.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A drawing of values second by second, or step by step, as SVG: panels below each other, each with its own scale that begins at 0. */
public final class Plot {

    /** Values of which one is drawn for each second. */
    public record Series(String name, String colour, List<Double> values) {}

    /** A value to compare with, drawn from side to side. */
    public record Mark(String name, double value) {}

    private record Panel(String title, List<Series> series, List<Mark> marks) {
        double top() {
            double most = 0;
            for (Series one : series) {
                for (double value : one.values()) {
                    most = Math.max(most, value);
                }
            }
            for (Mark mark : marks) {
                most = Math.max(most, mark.value());
            }
            return most == 0 ? 1 : most * 1.1;
        }
    }

    private static final int LEFT = 70;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 180;
    private static final int STEP = 240;

    private final String title;
    private final int warmUp;
    private final List<String> steps;
    private final List<Panel> panels = new ArrayList<>();

    /** @param warmUp the first seconds, which are shaded */
    public Plot(String title, int warmUp) {
        this(title, warmUp, List.of());
    }

    /** @param steps what there is a value for, in place of seconds */
    public Plot(String title, List<String> steps) {
        this(title, 0, steps);
    }

    private Plot(String title, int warmUp, List<String> steps) {
        this.title = title;
        this.warmUp = warmUp;
        this.steps = steps;
    }

    public Plot panel(String what, List<Series> series, List<Mark> marks) {
        panels.add(new Panel(what, series, marks));
        return this;
    }

    public String svg() {
        StringBuilder svg = new StringBuilder();
        add(svg, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                """, LEFT + WIDTH + 130, 40 + STEP * panels.size());
        text(svg, LEFT, 20, "start", "black", title);
        for (int i = 0; i < panels.size(); i++) {
            draw(svg, panels.get(i), 50 + i * STEP);
        }
        return svg.append("</svg>\n").toString();
    }

    private void draw(StringBuilder svg, Panel panel, int y) {
        double top = panel.top();
        int seconds = panel.series().stream()
                .mapToInt(one -> one.values().size())
                .max()
                .orElse(0);
        add(
                svg,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#eee\"/>%n",
                LEFT,
                y,
                seconds == 0 ? 0 : (double) WIDTH * warmUp / seconds,
                HEIGHT);
        text(svg, LEFT, y - 6, "start", "black", panel.title());
        for (int quarter = 0; quarter <= 4; quarter++) {
            double value = top * quarter / 4;
            line(svg, y + HEIGHT - HEIGHT * quarter / 4.0, "#ccc", "");
            text(svg, LEFT - 6, y + HEIGHT - HEIGHT * quarter / 4 + 4, "end", "black", number(value));
        }
        if (steps.isEmpty()) {
            text(svg, LEFT + WIDTH, y + HEIGHT + 16, "end", "black", seconds + " s");
        }
        for (int i = 0; i < steps.size(); i++) {
            text(svg, (int) x(i, steps.size()), y + HEIGHT + 16, "middle", "black", steps.get(i));
        }
        for (Mark mark : panel.marks()) {
            double at = y + HEIGHT * (1 - mark.value() / top);
            line(svg, at, "#a00", " stroke-dasharray=\"6 4\"");
            text(svg, LEFT + WIDTH + 6, (int) at + 4, "start", "#a00", mark.name());
        }
        for (int i = 0; i < panel.series().size(); i++) {
            Series one = panel.series().get(i);
            curve(svg, one, y, top);
            text(svg, LEFT + WIDTH - 80 * (panel.series().size() - i), y - 6, "start", one.colour(), one.name());
        }
    }

    private static void curve(StringBuilder svg, Series series, int y, double top) {
        StringBuilder points = new StringBuilder();
        int seconds = series.values().size();
        for (int i = 0; i < seconds; i++) {
            add(
                    points,
                    "%.1f,%.1f ",
                    x(i, seconds),
                    y + HEIGHT * (1 - series.values().get(i) / top));
        }
        add(svg, "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\"/>%n", points, series.colour());
    }

    private static double x(int value, int values) {
        return LEFT + WIDTH * (value + 0.5) / values;
    }

    private static void line(StringBuilder svg, double y, String colour, String more) {
        add(
                svg,
                "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\"%s/>%n",
                LEFT,
                y,
                LEFT + WIDTH,
                y,
                colour,
                more);
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String colour, String words) {
        String escaped = words.replace("&", "&amp;").replace("<", "&lt;");
        add(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n", x, y, anchor, colour, escaped);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
