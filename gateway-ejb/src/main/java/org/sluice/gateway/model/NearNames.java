package org.sluice.gateway.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names of models near a name that nobody knows: by the number of letters to change. */
final class NearNames {
    private static final int MAX_NAME = 64;

    private record Near(String name, int distance) { }

    private NearNames() { }

    static List<String> of(String asked, List<Model> models, int count) {
        String name = asked.toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.length() > MAX_NAME) {
            return List.of();
        }
        int max = Math.max(2, name.length() / 3);
        List<Near> near = new ArrayList<>();
        for (Model model : models) {
            if (model.type() == Model.Type.CHAT && !model.isDeprecated()) {
                boolean isPrefixed = name.indexOf('/') >= 0 && !model.name().contains("/");
                String candidate = isPrefixed ? model.prefixedName() : model.name();
                int distance = distance(name, candidate.toLowerCase(Locale.ROOT), max);
                if (distance <= max) {
                    near.add(new Near(candidate, distance));
                }
            }
        }
        return near.stream().sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name)).map(Near::name).distinct().limit(count).toList();
    }

    private static int distance(String a, String b, int max) {
        if (Math.abs(a.length() - b.length()) > max) {
            return max + 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
