package org.sluice.gateway.template;

import java.util.Map;

/** The {@code striptags} filter: comments and tags go, blanks become one, entities become characters. */
final class Tags {
    private static final Map<String, String> ENTITIES = Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", "\u00a0");
    private static final int LONGEST_ENTITY = 10;

    private Tags() { }

    static String strip(String text, Budget budget) {
        String bare = without(without(text, "<!--", "-->", budget), "<", ">", budget);
        Output out = new Output(budget, bare.length());
        for (Object word : Strings.split(bare, null, -1, budget)) {
            out.add(out.length() == 0 ? "" : " ").add((String) word);
        }
        return unescaped(out.toString(), budget);
    }

    private static String without(String text, String open, String close, Budget budget) {
        budget.text(text.length());
        StringBuilder bare = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(open); at >= 0; at = text.indexOf(open, from)) {
            int end = text.indexOf(close, at);
            if (end < 0) {
                break;
            }
            budget.step();
            bare.append(text, from, at);
            from = end + close.length();
        }
        return bare.append(text, from, text.length()).toString();
    }

    private static String unescaped(String text, Budget budget) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        Output out = new Output(budget, text.length());
        for (int at = 0; at < text.length(); at++) {
            int end = text.charAt(at) == '&' ? text.indexOf(';', at) : -1;
            String character = end > at && end - at <= LONGEST_ENTITY ? entity(text.substring(at + 1, end)) : null;
            String open = character == null && text.charAt(at) == '&' ? openEntity(text, at + 1) : null;
            if (character == null && open == null) {
                out.add(text.charAt(at));
            } else {
                out.add(character != null ? character : ENTITIES.get(open));
                at = character != null ? end : at + open.length();
            }
        }
        return out.toString();
    }

    /** Old ones that HTML reads without a semicolon. */
    private static String openEntity(String text, int at) {
        for (String name : new String[] {"amp", "lt", "gt", "quot", "nbsp"}) {
            if (text.startsWith(name, at)) {
                return name;
            }
        }
        return null;
    }

    private static String entity(String name) {
        if (!name.startsWith("#")) {
            return ENTITIES.get(name);
        }
        boolean isHex = name.startsWith("#x") || name.startsWith("#X");
        String digits = name.substring(isHex ? 2 : 1);
        int radix = isHex ? 16 : 10;
        if (digits.isEmpty() || digits.length() > 7 || !digits.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0)) {
            return null;
        }
        int c = Integer.parseInt(digits, radix);
        return Character.isValidCodePoint(c) && c != 0 && (c < 0xd800 || c > 0xdfff) ? Character.toString(c) : "\ufffd";
    }
}
