package org.sluice.gateway.template;

import java.util.List;
import java.util.Random;

/** Templates by chance: out of the whole grammar, mostly well-formed, with awkward numbers, names and nesting. The first choices are the simplest. */
final class RandomTemplate {
    private static final String[] NAMES = {"x", "n", "list", "map", "text", "nothing", "loop", "deep", "range", "ns", "m"};
    private static final String[] NUMBERS = {"0", "1", "2", "3", "-1", "7", "10", "100", "1.5", "-0.5", "1e9", "1e308", "9223372036854775807", "10000000000000000000000", "99999"};
    private static final String[] TEXTS = {"''", "'a'", "'a b'", "'%s'", "'{}'", "'😀'", "'a\\nb'", "'<b>&'", "'%5d|%.3f'", "'{:>9}'", "'\\u2028'", "'0x1f'", "'name'", "'__class__'"};
    private static final String[] BINARY = {" + ", " - ", " * ", " / ", " // ", " % ", " ** ", " ~ ", " == ", " < ", " >= ", " in ", " not in ", " and ", " or ", " != "};
    private static final List<String> FILTERS = Filters.names().stream().sorted().toList();
    private static final List<String> TESTS = Checks.names().stream().filter(name -> Character.isLetter(name.charAt(0))).sorted().toList();
    private static final String[] METHODS = {"upper", "split", "strip", "replace", "format", "join", "items", "get", "keys", "title", "zfill", "center", "splitlines", "rsplit", "count",
        "find", "partition", "index", "cycle", "changed", "nope", "append", "startswith", "next", "encode"};
    private static final String[] JUNK = {"{{", "}}", "{%", "%}", "{#", "#}", "-", "|", "(", ")", "[", "]", "{", "}", "'", "\"", "\\", "\n", "\0", "\ud800", "else", "endfor", "endif", "raw", ":", ","};
    private final Random chance;

    private RandomTemplate(Random chance) {
        this.chance = chance;
    }

    static String of(Random chance) {
        RandomTemplate random = new RandomTemplate(chance);
        return random.mutated(random.body(3));
    }

    private String any(String... choices) {
        return choices[chance.nextInt(choices.length)];
    }

    private String mutated(String source) {
        StringBuilder mutated = new StringBuilder(source);
        for (int i = chance.nextInt(4) == 3 ? 1 + chance.nextInt(4) : 0; i > 0; i--) {
            int at = chance.nextInt(mutated.length() + 1);
            switch (chance.nextInt(4)) {
                case 0 -> mutated.delete(at, Math.min(mutated.length(), at + 1 + chance.nextInt(5)));
                case 1 -> mutated.insert(at, any(JUNK));
                case 2 -> mutated.insert(at, (char) chance.nextInt(0x250));
                default -> mutated.insert(at, mutated.substring(at, Math.min(mutated.length(), at + chance.nextInt(60))));
            }
        }
        return mutated.toString();
    }

    private String body(int depth) {
        StringBuilder body = new StringBuilder();
        for (int i = chance.nextInt(4); i >= 0; i--) {
            body.append(node(depth));
        }
        return body.toString();
    }

    private String node(int depth) {
        switch (depth <= 0 ? chance.nextInt(3) : chance.nextInt(14)) {
            case 0: return any("", "text ", "\n", "  ", "ä☕😀", "$ {");
            case 1: return open("{{") + expression(depth + 1) + close("}}");
            case 2: return "{# c #}";
            case 3: return tag("if " + expression(2)) + body(depth - 1) + (chance.nextBoolean() ? tag("else") + body(depth - 1) : "") + tag("endif");
            case 4: return tag("for " + any("x", "n", "a, b") + " in " + expression(2) + (chance.nextInt(4) == 3 ? " if " + expression(1) : "")) + body(depth - 1) + tag("endfor");
            case 5: return tag("for n in range(" + any("3", "0", "9", "10000", "x", "100000") + ")") + body(depth - 1) + tag("endfor");
            case 6: return tag("set " + any("x", "n", "a, b", "ns.x", "text") + " = " + expression(3));
            case 7: return tag("set x" + (chance.nextBoolean() ? " | " + filter(1) : "")) + body(depth - 1) + tag("endset");
            case 8: return tag("set ns = namespace(x=" + expression(1) + ")") + tag("for i in range(200)") + tag("set ns.x = " + any("ns.x ~ ns.x", "[ns.x]", "ns.x * 2", "ns.x + ns.x",
                    "[ns.x, ns.x]", "{'k': ns.x}", "ns", "(ns.x,)", "ns.x | upper")) + tag("endfor") + "{{ ns.x }}";
            case 9: return tag("macro m(" + any("", "a", "a, b=1", "a=x, b=a") + ")") + body(depth - 1) + any("", "{{ m() }}", "{{ caller() }}", "{{ m(a) ~ m(b) }}", "{{ varargs }}{{ kwargs }}") + tag("endmacro")
                    + "{{ m(" + any("", "1", "1, 2", "b=2", "*list", "**map") + ") }}";
            case 10: return tag("call" + any("", "(v)") + " m()") + body(depth - 1) + tag("endcall");
            case 11: return tag("filter " + filter(1)) + body(depth - 1) + tag("endfilter");
            case 12: return tag("with x = " + expression(2) + ", n = x") + body(depth - 1) + tag("endwith");
            default: return any("{% raw %}{{ x }}{% endraw %}", "{%- raw -%} {% x %} {%- endraw -%}", "{% include 'x' %}", "{% nonsense %}");
        }
    }

    private String open(String mark) {
        return mark + any("", "-", "+") + " ";
    }

    private String close(String mark) {
        return " " + any("", "-") + mark;
    }

    private String tag(String inside) {
        return open("{%") + inside + close("%}");
    }

    private String expression(int depth) {
        switch (depth <= 0 ? chance.nextInt(4) : chance.nextInt(18)) {
            case 0: return any(NUMBERS);
            case 1: return any(NAMES);
            case 2: return any(TEXTS);
            case 3: return any("true", "false", "none", "[]", "{}", "()", "list[0]", "map.k", "nothing.x", "loop.index", "loop.last");
            case 4, 5: return expression(depth - 1) + any(BINARY) + expression(depth - 1);
            case 6: return "(" + expression(depth - 1) + ")";
            case 7, 8, 9: return expression(depth - 1) + " | " + filter(depth - 1);
            case 10: return expression(depth - 1) + " is " + any("", "not ") + TESTS.get(chance.nextInt(TESTS.size())) + (chance.nextInt(3) == 2 ? "(" + expression(depth - 1) + ")" : "");
            case 11: return "[" + expression(depth - 1) + ", " + expression(depth - 1) + "]";
            case 12: return "{" + any("'k'", "1", "x", "none", "1.0") + ": " + expression(depth - 1) + "}";
            case 13: return expression(depth - 1) + "[" + any("0", "-1", "'k'", "1:", ":2", "::-1", "::2", "x", "1e9", "-3:-1", "::0") + "]";
            case 14: return expression(depth - 1) + "." + any(METHODS) + "(" + arguments(depth - 1) + ")";
            case 15: return expression(depth - 1) + " if " + expression(depth - 1) + any("", " else " + expression(depth - 1));
            case 16: return any("not ", "-", "+") + expression(depth - 1);
            default: return any("range", "dict", "cycler", "joiner", "namespace", "m", "x", "loop.cycle") + "(" + arguments(depth - 1) + ")";
        }
    }

    private String arguments(int depth) {
        return any("", "1", "'a'", "1, 'b'", "x, n", "99999999", "*list", "**map", "k=1", expression(depth), expression(depth) + ", " + expression(depth));
    }

    private String filter(int depth) {
        String name = FILTERS.get(chance.nextInt(FILTERS.size()));
        String given = any("", "", "(" + arguments(depth) + ")", "(attribute='k')", "('upper')", "('map', 'list')", "(100000)", "(3, true)", "('odd')", "('k', 'eq', 1)");
        return name + given;
    }
}
