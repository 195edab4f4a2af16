package org.sluice.gateway.template;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Filters on text; most take anything and write it as text first. */
final class TextFilters {
    private static final int LEEWAY = 5;

    private TextFilters() { }

    static void addTo() {
        Filters.add("upper", 0, "", (value, a, render) -> Strings.upper(text(value, render), render.budget));
        Filters.add("lower", 0, "", (value, a, render) -> Strings.lower(text(value, render), render.budget));
        Filters.add("capitalize", 0, "", (value, a, render) -> Strings.capitalize(text(value, render), render.budget));
        Filters.add("title", 0, "", (value, a, render) -> title(text(value, render), render.budget));
        Filters.add("trim", 0, "chars", (value, a, render) -> Strings.strip(text(value, render), a.text(0, "chars"), true, true, render.budget));
        Filters.add("replace", 2, "old new count", (value, a, render) -> Strings.replace(text(value, render), text(a.get(0), render),
                text(a.get(1), render), a.has(2) ? a.number(2, -1, "count") : -1, render.budget));
        Filters.add("center", 0, "width", (value, a, render) -> Strings.pad(text(value, render), a.number(0, 80, "width"), " ", 0, render.budget));
        Filters.add("indent", 0, "width first blank", (value, a, render) -> indent(Values.text(value, "the value of indent"), a, render.budget));
        Filters.add("truncate", 0, "length killwords end leeway", (value, a, render) -> truncate(value, a, render));
        Filters.add("wordwrap", 0, "width break_long_words wrapstring break_on_hyphens", (value, a, render) ->
                WordWrap.wrap(Values.text(value, "the value of wordwrap"), a, render.budget));
        Filters.add("wordcount", 0, "", (value, a, render) -> words(text(value, render), render.budget));
        Filters.add("escape", 0, "", (value, a, render) -> escape(text(value, render), render.budget));
        Filters.alias("e", "escape");
        Filters.alias("forceescape", "escape");
        Filters.add("striptags", 0, "", (value, a, render) -> Tags.strip(text(value, render), render.budget));
        Filters.add("urlencode", 0, "", (value, a, render) -> urlEncode(value, render));
        Filters.addOpen("format", (value, a, render) -> format(text(value, render), a, render.budget));
    }

    private static String text(Object value, Render render) {
        return Written.text(value, render.budget);
    }

    /** Large after a blank, a hyphen and an opening bracket, unlike the method of text. */
    private static String title(String text, Budget budget) {
        Output out = new Output(budget, text.length());
        boolean isStart = true;
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            boolean isBreak = Strings.isSpace(c) || "-({[<".indexOf(c) >= 0;
            if (c < 0x80) {
                out.add((char) (isStart ? Character.toUpperCase(c) : Character.toLowerCase(c)));
            } else {
                String letter = Character.toString(c);
                out.add(isStart ? letter.toUpperCase(Locale.ROOT) : letter.toLowerCase(Locale.ROOT));
            }
            isStart = isBreak;
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private static String indent(String text, Arguments a, Budget budget) {
        Object width = a.get(0, 4L);
        String unit = width instanceof String given ? given : Strings.pad("", Numbers.small(width, "width"), " ", -1, budget);
        budget.text(text.length() + 1L);
        Output out = new Output(budget, text.length());
        if (a.isTrue(1)) {
            out.add(unit);
        }
        List<Object> lines = Strings.lines(text + "\n", false, budget);
        for (int i = 0; i < lines.size(); i++) {
            String line = (String) lines.get(i);
            if (i > 0) {
                out.add("\n").add(line.isEmpty() && !a.isTrue(2) ? "" : unit);
            }
            out.add(line);
        }
        return out.toString();
    }

    private static Object truncate(Object value, Arguments a, Render render) {
        int length = a.number(0, 255, "length");
        String end = a.get(2) == null ? "..." : Values.text(a.get(2), "end");
        int leeway = a.has(3) ? a.number(3, LEEWAY, "leeway") : LEEWAY;
        int ending = Strings.length(end, render.budget);
        if (length < ending || leeway < 0) {
            throw Failure.value(leeway < 0 ? "the leeway of truncate is less than 0" : "the length of truncate is less than that of its end");
        }
        if (Values.length(value, render.budget) <= (long) length + leeway) {
            return value;
        }
        String text = Values.text(value, "the value of truncate");
        String cut = text.substring(0, text.offsetByCodePoints(0, length - ending));
        int blank = a.isTrue(1) ? -1 : cut.lastIndexOf(' ');
        render.budget.text((long) cut.length() + end.length());
        return (blank >= 0 ? cut.substring(0, blank) : cut) + end;
    }

    private static long words(String text, Budget budget) {
        budget.scan(text.length());
        long words = 0;
        boolean isInside = false;
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            boolean isWord = Character.isLetterOrDigit(c) || c == '_';
            words += isWord && !isInside ? 1 : 0;
            isInside = isWord;
            i += Character.charCount(c);
        }
        return words;
    }

    private static String escape(String text, Budget budget) {
        Output out = new Output(budget, text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.add("&amp;");
                case '<' -> out.add("&lt;");
                case '>' -> out.add("&gt;");
                case '"' -> out.add("&#34;");
                case '\'' -> out.add("&#39;");
                default -> out.add(c);
            }
        }
        return out.toString();
    }

    private static String urlEncode(Object value, Render render) {
        if (!(value instanceof List) && !(value instanceof Map) && !(value instanceof Undefined)) {
            return quoted(text(value, render), false, render.budget);
        }
        Output out = new Output(render.budget, 64);
        for (Object pair : value instanceof Map<?, ?> map ? Methods.items(map, render.budget) : Values.items(value, render.budget)) {
            List<Object> both = Values.items(pair, render.budget);
            if (both.size() != 2) {
                throw Failure.value("urlencode takes text, a mapping or pairs");
            }
            out.add(out.length() == 0 ? "" : "&").add(quoted(text(both.get(0), render), true, render.budget)).add("=")
                    .add(quoted(text(both.get(1), render), true, render.budget));
        }
        return out.toString();
    }

    private static String quoted(String text, boolean isQuery, Budget budget) {
        budget.text(text.length());
        Output out = new Output(budget, text.length() + 16);
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (unit & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "_.-~".indexOf(c) >= 0 || c == '/' && !isQuery) {
                out.add(c);
            } else if (c == ' ' && isQuery) {
                out.add('+');
            } else {
                out.add('%').add(Character.toUpperCase(Character.forDigit(c >> 4, 16))).add(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }

    private static String format(String format, Arguments a, Budget budget) {
        if (a.names.length == 0) {
            return PercentFormat.format(format, new Tuple(a.positional), budget);
        }
        if (a.count() > 0) {
            throw Failure.value("can't handle positional and keyword arguments at the same time");
        }
        Map<Object, Object> members = new java.util.HashMap<>();
        for (int i = 0; i < a.names.length; i++) {
            members.put(a.names[i], a.named[i]);
        }
        return PercentFormat.format(format, members, budget);
    }
}
