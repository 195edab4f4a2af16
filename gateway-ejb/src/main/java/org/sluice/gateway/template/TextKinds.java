package org.sluice.gateway.template;

import java.util.function.IntPredicate;

/** Python's questions about text: {@code isdigit}, {@code isupper} and the like. */
final class TextKinds {
    private TextKinds() { }

    /** Null when there is no such question. */
    static Boolean is(String text, String question, Budget budget) {
        budget.scan(text.length());
        return switch (question) {
            case "isdigit", "isdecimal", "isnumeric" -> all(text, Character::isDigit);
            case "isalpha" -> all(text, Character::isLetter);
            case "isalnum" -> all(text, Character::isLetterOrDigit);
            case "isspace" -> all(text, Strings::isSpace);
            case "isupper" -> isCased(text, true);
            case "islower" -> isCased(text, false);
            default -> null;
        };
    }

    private static boolean all(String text, IntPredicate kind) {
        return !text.isEmpty() && text.codePoints().allMatch(kind);
    }

    /** At least one letter that has a case, and none of the other case. */
    static boolean isCased(String text, boolean isUpper) {
        boolean isAny = false;
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isUpper ? Character.isLowerCase(c) || Character.isTitleCase(c) : Character.isUpperCase(c) || Character.isTitleCase(c)) {
                return false;
            }
            isAny |= isUpper ? Character.isUpperCase(c) : Character.isLowerCase(c);
        }
        return isAny;
    }
}
