package org.sluice.gateway.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The names most like a mistyped one, nearest first: by how many letters must be changed, where that is at most a third of
 * them; a name that begins with the wrong one counts as near, too.
 */
record NearestNames(List<String> names) {
    private static final int MOST = 3;
    private static final int LONGEST = 100;

    private record Distance(String name, int letters) { }

    static NearestNames of(String wrong, Stream<String> known) {
        String asked = lower(wrong);
        if (asked.length() < 2 || asked.length() > LONGEST) {
            return new NearestNames(List.of());
        }
        List<Distance> near = new ArrayList<>();
        known.distinct().forEach(name -> {
            int letters = distance(asked, lower(name));
            if (letters <= Math.max(1, asked.length() / 3)) {
                near.add(new Distance(name, letters));
            }
        });
        near.sort(Comparator.comparingInt(Distance::letters).thenComparing(Distance::name));
        return new NearestNames(near.stream().limit(MOST).map(Distance::name).toList());
    }

    /** "Did you mean a, b or c? ", or nothing when no name is near. */
    String sentence() {
        if (names.isEmpty()) {
            return "";
        }
        String last = names.get(names.size() - 1);
        String others = String.join(", ", names.subList(0, names.size() - 1));
        return "Did you mean " + (others.isEmpty() ? last : others + " or " + last) + "? ";
    }

    /** Levenshtein's, on the bare name too when the known one has a prefix; 1 when one begins with the other. */
    private static int distance(String asked, String name) {
        int slash = name.indexOf('/');
        int whole = edits(asked, name);
        return slash < 0 || asked.indexOf('/') >= 0 ? whole : Math.min(whole, edits(asked, name.substring(slash + 1)));
    }

    private static int edits(String a, String b) {
        if (a.length() >= 4 && (b.startsWith(a) || a.startsWith(b) && b.length() >= 4)) {
            return Math.min(1, Math.abs(a.length() - b.length()));
        }
        if (Math.abs(a.length() - b.length()) > a.length() / 3 + 1) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
