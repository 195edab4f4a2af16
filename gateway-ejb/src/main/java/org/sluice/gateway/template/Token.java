package org.sluice.gateway.template;

/**
 * A word of the source.
 *
 * @param text the word itself; of a string what it means
 * @param number of a number, else null
 * @param at offset in the source
 */
record Token(Type type, String text, Object number, int at) {
    enum Type { TEXT, PRINT_BEGIN, PRINT_END, BLOCK_BEGIN, BLOCK_END, NAME, STRING, NUMBER, OPERATOR, END }

    boolean isOperator(String operator) {
        return type == Type.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
        return type == Type.NAME && text.equals(name);
    }

    /** For error messages. */
    String described() {
        return switch (type) {
            case TEXT -> "text";
            case PRINT_BEGIN -> "'{{'";
            case PRINT_END -> "'}}', the end of the print statement";
            case BLOCK_BEGIN -> "'{%'";
            case BLOCK_END -> "'%}', the end of the statement";
            case STRING -> "a string";
            case END -> "the end of the template";
            default -> "'" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "'";
        };
    }
}
