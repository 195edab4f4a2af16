package org.sluice.gateway.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sluice.gateway.json.JsonWriter;

/** The figures in the order they came; printed as they come, written as JSON at the end. */
final class Report {
    private final Map<String, String> circumstances = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();

    /** @param direct NaN when only the gateway has such a figure */
    private record Figure(String section, String name, String unit, double direct, double gateway) {
        double added() {
            return gateway - direct;
        }
    }

    void circumstance(String name, Object value) {
        circumstances.put(name, String.valueOf(value));
    }

    void begin() {
        circumstances.forEach((name, value) -> System.out.println("- " + name + ": " + value));
        System.out.println("\n| section | figure | unit | direct | gateway | added |\n|---|---|---|---:|---:|---:|");
    }

    void add(String section, String name, String unit, double direct, double gateway) {
        Figure figure = new Figure(section, name, unit, direct, gateway);
        figures.add(figure);
        System.out.println("| " + section + " | " + name + " | " + unit + " | " + text(direct) + " | " + text(gateway) + " | "
                + (unit.endsWith("/s") || unit.equals("count") ? "" : text(figure.added())) + " |");
    }

    void add(String section, String name, String unit, double gateway) {
        add(section, name, unit, Double.NaN, gateway);
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "" : value == Math.rint(value) || Math.abs(value) >= 100 ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
    }

    void write(Path file) throws IOException {
        JsonWriter json = new JsonWriter().beginObject();
        circumstances.forEach((name, value) -> json.name(name).value(value));
        json.name("figures").beginArray();
        for (Figure figure : figures) {
            json.beginObject().name("section").value(figure.section).name("figure").value(figure.name).name("unit").value(figure.unit);
            if (!Double.isNaN(figure.direct)) {
                json.name("direct").literal(decimal(figure.direct));
            }
            json.name("gateway").literal(decimal(figure.gateway)).endObject();
        }
        Files.write(file, json.endArray().endObject().toBytes());
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
