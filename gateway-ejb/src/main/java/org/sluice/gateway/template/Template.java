package org.sluice.gateway.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.sluice.gateway.template.TemplateException.Kind;

/** A template, read once; immutable, for any number of threads. */
public final class Template {
    private static final LongSupplier CPU = new CpuClock();

    /** What becomes of a variable that has no value. */
    public enum Missing {
        /** Printed it is empty, as in Jinja2; using it otherwise (its attributes, arithmetic) is an error. */
        EMPTY,
        /** Any use but {@code is defined} and {@code default} is an error, and one error names all of them. */
        REFUSED
    }

    private final String source;
    private final String[] names;
    private final Set<String> variables;
    private final Body body;
    private final TemplateLimits limits;

    private Template(String source, TemplateLimits limits) {
        this.source = source;
        this.limits = limits;
        Names read = new Names();
        body = new StatementParser(source, read, limits.nesting()).template();
        names = read.all();
        variables = Set.copyOf(read.wanted());
    }

    /** @throws TemplateException when it is not a template, or too large */
    public static Template compile(String source) {
        return compile(source, TemplateLimits.DEFAULT);
    }

    public static Template compile(String source, TemplateLimits limits) {
        if (source.length() > limits.sourceCharacters()) {
            throw new TemplateException(Kind.LIMIT, 1, 1, "the template is longer than " + limits.sourceCharacters() + " characters", List.of());
        }
        String lines = withLineFeeds(source);
        try {
            return new Template(lines, limits);
        } catch (Failure failure) {
            throw at(lines, Math.max(0, failure.at), failure.kind, failure.getMessage(), List.of());
        }
    }

    /** Line ends as {@code \n}, the last one taken away, as Jinja does. */
    private static String withLineFeeds(String source) {
        String lines = source.indexOf('\r') < 0 ? source : source.replace("\r\n", "\n").replace('\r', '\n');
        return lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    }

    /** Renders with undefined variables empty. */
    public String render(Map<String, ?> variables) {
        return render(variables, Missing.EMPTY);
    }

    /**
     * @param variables by name: null, Boolean, numbers of Java's own classes, String, List and Map with String keys, in one
     *     another; they are not changed, and nothing else of them is touched
     * @throws TemplateException when it cannot be rendered within its limits
     */
    public String render(Map<String, ?> variables, Missing missing) {
        return render(variables, missing, CPU);
    }

    /** @param cpuNanos the clock of {@link TemplateLimits#cpuNanos}; it is asked every few thousand steps */
    public String render(Map<String, ?> variables, Missing missing, LongSupplier cpuNanos) {
        Budget budget = new Budget(limits, cpuNanos);
        Render render = new Render(names, variables, missing == Missing.REFUSED, budget, source.length() + (source.length() >> 1) + 64);
        try {
            body.render(render);
        } catch (Failure failure) {
            throw at(source, failure.at >= 0 ? failure.at : render.at, failure.kind, failure.getMessage(),
                    failure.name == null ? List.of() : List.of(failure.name));
        }
        if (!render.missing().isEmpty()) {
            throw undefined(render.missing());
        }
        return render.out.toString();
    }

    private TemplateException undefined(Map<String, Integer> missing) {
        StringBuilder message = new StringBuilder(missing.size() == 1 ? "this variable is undefined: " : "these variables are undefined: ");
        int first = Integer.MAX_VALUE;
        for (Map.Entry<String, Integer> name : missing.entrySet()) {
            message.append(first == Integer.MAX_VALUE ? "" : ", ").append(name.getKey()).append(" (line ").append(line(source, name.getValue())).append(')');
            first = Math.min(first, name.getValue());
        }
        return at(source, first, Kind.UNDEFINED, message.toString(), List.copyOf(missing.keySet()));
    }

    /** The names that the template reads and does not set itself: the variables it wants. */
    public Set<String> variables() {
        return variables;
    }

    /** In characters of its source; compiled, a character takes some 10 to 20 bytes. */
    public int size() {
        return source.length();
    }

    private static TemplateException at(String source, int at, Kind kind, String message, List<String> names) {
        int place = Math.min(at, source.length());
        return new TemplateException(kind, line(source, place), place - source.lastIndexOf('\n', place - 1), message, names);
    }

    private static int line(String source, int at) {
        int line = 1;
        for (int mark = source.indexOf('\n'); mark >= 0 && mark < at; mark = source.indexOf('\n', mark + 1)) {
            line++;
        }
        return line;
    }
}
