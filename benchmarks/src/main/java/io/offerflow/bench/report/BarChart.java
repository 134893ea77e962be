package io.offerflow.bench.report;

import static io.offerflow.bench.report.LadderTable.text;

import java.util.List;

/**
 * Horizontal bars with whiskers as an SVG that looks the same wherever it is made: libraries for charts measure text
 * with the fonts of the machine, so their files differ from one to the next.
 */
final class BarChart {

    private static final int WIDTH = 760;
    private static final int LEFT = 200;
    private static final int RIGHT = 110;
    private static final int ROW = 34;
    private static final int TOP = 48;

    private BarChart() {
    }

    /**
     * One bar.
     *
     * @param label text of the value, behind the bar
     */
    record Bar(String name, double value, double min, double max, String label) {
    }

    static String draw(String title, List<Bar> bars) {
        double most = bars.stream().mapToDouble(Bar::max).max().orElse(1);
        int height = TOP + ROW * bars.size() + 12;
        StringBuilder svg = new StringBuilder(text("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" \
                font-family="sans-serif" font-size="13">
                <title>%s</title>
                <rect width="%d" height="%d" fill="#ffffff"/>
                <text x="12" y="26" font-size="15" font-weight="bold" fill="#1f2937">%s</text>
                """, WIDTH, height, escaped(title), WIDTH, height, escaped(title)));
        int y = TOP;
        for (Bar bar : bars) {
            double end = x(bar.value(), most);
            svg.append(text("<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#1f2937\">%s</text>%n", LEFT - 10,
                    y + 16, escaped(bar.name())));
            svg.append(text("<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"20\" fill=\"#3b82f6\"/>%n", LEFT, y + 2,
                    Math.max(1, end - LEFT)));
            if (bar.max() > bar.min()) {
                svg.append(text("<path d=\"M%.1f %dH%.1fM%.1f %dv8M%.1f %dv8\" stroke=\"#1f2937\" fill=\"none\"/>%n",
                        x(bar.min(), most), y + 12, x(bar.max(), most), x(bar.min(), most), y + 8,
                        x(bar.max(), most), y + 8));
            }
            svg.append(text("<text x=\"%.1f\" y=\"%d\" fill=\"#1f2937\">%s</text>%n",
                    Math.max(end, x(bar.max(), most)) + 8, y + 16, escaped(bar.label())));
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }

    private static double x(double value, double most) {
        return LEFT + value / most * (WIDTH - LEFT - RIGHT);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
