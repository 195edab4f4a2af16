package org.sluice.gateway.template;

import java.util.List;
import java.util.Map;

/** Methods of text. */
final class TextMethods {
    private static final Signature NONE = Signature.of(0, "");
    private static final Map<String, Signature> SIGNATURES = Map.ofEntries(
            Map.entry("upper", NONE), Map.entry("lower", NONE), Map.entry("title", NONE), Map.entry("capitalize", NONE),
            Map.entry("swapcase", NONE), Map.entry("casefold", NONE), Map.entry("isdigit", NONE), Map.entry("isdecimal", NONE),
            Map.entry("isnumeric", NONE), Map.entry("isalpha", NONE), Map.entry("isalnum", NONE), Map.entry("isspace", NONE),
            Map.entry("isupper", NONE), Map.entry("islower", NONE), Map.entry("strip", Signature.of(0, "chars")),
            Map.entry("lstrip", Signature.of(0, "chars")), Map.entry("rstrip", Signature.of(0, "chars")),
            Map.entry("split", Signature.of(0, "sep maxsplit")), Map.entry("rsplit", Signature.of(0, "sep maxsplit")),
            Map.entry("splitlines", Signature.of(0, "keepends")), Map.entry("replace", Signature.of(2, "old new count")),
            Map.entry("startswith", Signature.of(1, "prefix")), Map.entry("endswith", Signature.of(1, "suffix")),
            Map.entry("join", Signature.of(1, "iterable")), Map.entry("count", Signature.of(1, "sub")), Map.entry("find", Signature.of(1, "sub")),
            Map.entry("rfind", Signature.of(1, "sub")), Map.entry("index", Signature.of(1, "sub")), Map.entry("rindex", Signature.of(1, "sub")),
            Map.entry("zfill", Signature.of(1, "width")), Map.entry("center", Signature.of(1, "width fillchar")),
            Map.entry("ljust", Signature.of(1, "width fillchar")), Map.entry("rjust", Signature.of(1, "width fillchar")),
            Map.entry("partition", Signature.of(1, "sep")), Map.entry("rpartition", Signature.of(1, "sep")),
            Map.entry("removeprefix", Signature.of(1, "prefix")), Map.entry("removesuffix", Signature.of(1, "suffix")),
            Map.entry("format", Signature.OPEN));

    private TextMethods() { }

    static java.util.Set<String> names() {
        return SIGNATURES.keySet();
    }

    /** Null when there is no such method. */
    static Object call(String text, String name, Arguments given, Render render) {
        Signature signature = SIGNATURES.get(name);
        if (signature == null) {
            return null;
        }
        Arguments a = signature.bind(given, name + "()");
        Budget budget = render.budget;
        return switch (name) {
            case "upper" -> Strings.upper(text, budget);
            case "lower", "casefold" -> Strings.lower(text, budget);
            case "title" -> Strings.title(text, budget);
            case "capitalize" -> Strings.capitalize(text, budget);
            case "swapcase" -> Strings.swapCase(text, budget);
            case "strip" -> Strings.strip(text, a.text(0, "chars"), true, true, budget);
            case "lstrip" -> Strings.strip(text, a.text(0, "chars"), true, false, budget);
            case "rstrip" -> Strings.strip(text, a.text(0, "chars"), false, true, budget);
            case "split" -> Strings.split(text, a.text(0, "sep"), a.number(1, -1, "maxsplit"), budget);
            case "rsplit" -> Strings.splitRight(text, a.text(0, "sep"), a.number(1, -1, "maxsplit"), budget);
            case "splitlines" -> Strings.lines(text, a.isTrue(0), budget);
            case "replace" -> Strings.replace(text, required(a, 0), required(a, 1), a.number(2, -1, "count"), budget);
            case "startswith" -> edge(text, a.get(0), true, budget);
            case "endswith" -> edge(text, a.get(0), false, budget);
            case "join" -> join(text, a.get(0), budget);
            case "count" -> count(text, required(a, 0), budget);
            case "find", "index" -> place(text, required(a, 0), true, name.equals("index"), budget);
            case "rfind", "rindex" -> place(text, required(a, 0), false, name.equals("rindex"), budget);
            case "zfill" -> zeroFilled(text, a.number(0, 0, "width"), budget);
            case "center" -> padded(text, a, 0, budget);
            case "ljust" -> padded(text, a, -1, budget);
            case "rjust" -> padded(text, a, 1, budget);
            case "partition" -> partition(text, required(a, 0), true, budget);
            case "rpartition" -> partition(text, required(a, 0), false, budget);
            case "removeprefix" -> text.startsWith(required(a, 0)) ? part(text, required(a, 0).length(), text.length(), budget) : text;
            case "removesuffix" -> text.endsWith(required(a, 0)) ? part(text, 0, text.length() - required(a, 0).length(), budget) : text;
            case "format" -> BraceFormat.format(text, given, budget);
            default -> TextKinds.is(text, name, budget);
        };
    }

    private static String required(Arguments a, int at) {
        return Values.text(a.get(at), "the argument");
    }

    private static String part(String text, int from, int to, Budget budget) {
        budget.text(to - from);
        return text.substring(from, to);
    }

    private static boolean edge(String text, Object wanted, boolean isStart, Budget budget) {
        List<Object> candidates = wanted instanceof Tuple tuple ? tuple : List.of(wanted);
        for (Object candidate : candidates) {
            budget.step();
            String edge = Values.text(candidate, "the argument");
            budget.scan(edge.length());
            if (isStart ? text.startsWith(edge) : text.endsWith(edge)) {
                return true;
            }
        }
        return false;
    }

    private static String join(String separator, Object items, Budget budget) {
        Output out = new Output(budget, 64);
        boolean isFirst = true;
        for (Object item : Values.items(items, budget)) {
            budget.step();
            if (!isFirst) {
                out.add(separator);
            }
            isFirst = false;
            out.add(Values.text(item, "sequence item"));
        }
        return out.toString();
    }

    private static long count(String text, String wanted, Budget budget) {
        if (wanted.isEmpty()) {
            return Strings.length(text, budget) + 1L;
        }
        budget.search(text.length(), wanted.length());
        long count = 0;
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
            count++;
        }
        return count;
    }

    private static long place(String text, String wanted, boolean isFirst, boolean isNeeded, Budget budget) {
        budget.search(text.length(), wanted.length());
        int at = isFirst ? text.indexOf(wanted) : text.lastIndexOf(wanted);
        if (at < 0 && isNeeded) {
            throw Failure.value("substring not found");
        }
        return at < 0 ? -1 : text.codePointCount(0, at);
    }

    private static String zeroFilled(String text, int width, Budget budget) {
        boolean isSigned = text.startsWith("-") || text.startsWith("+");
        String digits = isSigned ? text.substring(1) : text;
        return (isSigned ? text.substring(0, 1) : "") + Strings.pad(digits, isSigned ? width - 1 : width, "0", 1, budget);
    }

    private static String padded(String text, Arguments a, int side, Budget budget) {
        String fill = a.get(1) == null ? " " : required(a, 1);
        if (fill.isEmpty() || fill.codePointCount(0, fill.length()) != 1) {
            throw Failure.value("the fill character must be exactly one character long");
        }
        return Strings.pad(text, a.number(0, 0, "width"), fill, side, budget);
    }

    private static Tuple partition(String text, String separator, boolean isFirst, Budget budget) {
        if (separator.isEmpty()) {
            throw Failure.value("empty separator");
        }
        budget.search(text.length(), separator.length());
        budget.text(text.length());
        int at = isFirst ? text.indexOf(separator) : text.lastIndexOf(separator);
        return at >= 0 ? new Tuple(text.substring(0, at), separator, text.substring(at + separator.length()))
                : isFirst ? new Tuple(text, "", "") : new Tuple("", "", text);
    }
}
