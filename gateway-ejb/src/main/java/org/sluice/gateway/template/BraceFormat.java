package org.sluice.gateway.template;

/**
 * {@code "{} {name:>8}".format(...)}: arguments by place or name, with a format. Attributes and items of arguments, which
 * Python allows here, are refused.
 */
final class BraceFormat {
    private final String format;
    private final Arguments arguments;
    private final Budget budget;
    private int automatic;

    private BraceFormat(String format, Arguments arguments, Budget budget) {
        this.format = format;
        this.arguments = arguments;
        this.budget = budget;
    }

    static String format(String format, Arguments arguments, Budget budget) {
        return new BraceFormat(format, arguments, budget).run();
    }

    private String run() {
        budget.scan(format.length());
        Output out = new Output(budget, format.length() + 32);
        for (int at = 0; at < format.length(); at++) {
            char c = format.charAt(at);
            if (c != '{' && c != '}') {
                out.add(c);
            } else if (at + 1 < format.length() && format.charAt(at + 1) == c) {
                out.add(c);
                at++;
            } else {
                int end = c == '{' ? format.indexOf('}', at) : -1;
                if (end < 0) {
                    throw Failure.value("Single '" + c + "' encountered in format string");
                }
                budget.step();
                out.add(field(format.substring(at + 1, end)));
                at = end;
            }
        }
        return out.toString();
    }

    private String field(String field) {
        int colon = field.indexOf(':');
        String name = colon < 0 ? field : field.substring(0, colon);
        String spec = colon < 0 ? "" : field.substring(colon + 1);
        int mark = name.indexOf('!');
        String conversion = mark < 0 ? "" : name.substring(mark + 1);
        Object value = argument(mark < 0 ? name : name.substring(0, mark));
        if (conversion.equals("r") || conversion.equals("a")) {
            value = Written.repr(value, budget);
        } else if (conversion.equals("s")) {
            value = Written.text(value, budget);
        } else if (mark >= 0) {
            throw Failure.value("unknown conversion in format string");
        }
        return spec.isEmpty() ? Written.text(value, budget) : BraceSpec.format(value, spec, budget);
    }

    private Object argument(String name) {
        if (name.isEmpty()) {
            return place(automatic++);
        }
        if (name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 6) {
            return place(Integer.parseInt(name));
        }
        if (name.indexOf('.') >= 0 || name.indexOf('[') >= 0 || name.indexOf('{') >= 0) {
            throw Failure.value("format() takes no attributes or items of its arguments here; look them up before");
        }
        Object value = arguments.named(name);
        if (value == null) {
            throw Failure.value("format() needs a named argument that is not given");
        }
        return value;
    }

    private Object place(int at) {
        Object value = arguments.get(at);
        if (value == null) {
            throw Failure.value("replacement index " + at + " out of range for positional args");
        }
        return value;
    }
}
