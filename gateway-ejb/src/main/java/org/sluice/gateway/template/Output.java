package org.sluice.gateway.template;

/** Text that grows within the budget. */
final class Output {
    private final StringBuilder text;
    private final Budget budget;
    private final int longest;

    Output(Budget budget, int expected) {
        this.budget = budget;
        longest = budget.longestText();
        text = new StringBuilder(Math.min(expected, longest));
    }

    Output add(String more) {
        int length = more.length();
        budget.text(length);
        if (text.length() + length > longest) {
            throw budget.tooLong();
        }
        text.append(more);
        return this;
    }

    Output add(char c) {
        budget.text(1);
        if (text.length() >= longest) {
            throw budget.tooLong();
        }
        text.append(c);
        return this;
    }

    Output codePoint(int c) {
        return Character.isBmpCodePoint(c) ? add((char) c) : add(Character.toString(c));
    }

    Output repeat(String unit, long count) {
        if (count <= 0 || unit.isEmpty()) {
            return this;
        }
        long length = unit.length() * count;
        budget.text(length);
        if (text.length() + length > longest) {
            throw budget.tooLong();
        }
        text.append(unit.repeat((int) count));
        return this;
    }

    int length() {
        return text.length();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
