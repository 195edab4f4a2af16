package org.sluice.gateway.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The families of one provider's models: names that differ in their version only. A model that is not listed is taken for
 * the newest listed one of its family, {@code gpt-5.9-mini} for the newest {@code gpt-<version>-mini}.
 */
final class ModelFamilies {
    private static final String VERSION = "#";
    private static final Pattern NUMBER = Pattern.compile("([a-z/.]*?)(\\d+(?:\\.\\d+)*)");
    private static final Pattern REGION = Pattern.compile("^(?:us|us-gov|eu|apac|ap|jp|au|ca|global|regional)\\.");
    private static final Pattern ENDING = Pattern.compile("(?:-latest|-preview|-exp|-experimental|-v\\d+:\\d+|[-@]\\d{8}|-\\d{4}-\\d{2}-\\d{2})$");

    private record Member(Model model, List<BigDecimal> version) {
        boolean isNewerThan(Member other) {
            for (int i = 0; i < Math.min(version.size(), other.version.size()); i++) {
                int compared = version.get(i).compareTo(other.version.get(i));
                if (compared != 0) {
                    return compared > 0;
                }
            }
            return version.size() > other.version.size();
        }
    }

    private final Map<String, Member> newest = new HashMap<>();

    /** A model without a price has no relatives. */
    void add(Model model) {
        if (model.listPrice() == null || model.isDeprecated()) {
            return;
        }
        List<BigDecimal> version = new ArrayList<>();
        Member member = new Member(model, version);
        newest.merge(key(model.name(), version), member, (known, more) -> more.isNewerThan(known) ? more : known);
    }

    /** The relative, under its own name; empty when the family is not known. */
    Optional<Model> find(String name) {
        String key = key(name, new ArrayList<>());
        if (!key.contains(VERSION)) {
            return Optional.empty();
        }
        Member member = newest.get(key);
        if (member == null && key.endsWith("-" + VERSION)) {
            member = newest.get(key.substring(0, key.length() - 2));
        }
        return member == null ? Optional.empty() : Optional.of(member.model().relative(name));
    }

    /** The name with a mark for each version; numbers of the version go into {@code version}. */
    private static String key(String name, List<BigDecimal> version) {
        String bare = REGION.matcher(name.toLowerCase(java.util.Locale.ROOT)).replaceFirst("");
        String shorter = ENDING.matcher(bare).replaceFirst("");
        while (!shorter.equals(bare)) {
            bare = shorter;
            shorter = ENDING.matcher(bare).replaceFirst("");
        }
        StringBuilder key = new StringBuilder(bare.length());
        boolean isAfterVersion = false;
        for (String token : bare.split("-")) {
            Matcher number = NUMBER.matcher(token);
            boolean isVersion = number.matches();
            if (isVersion) {
                for (String digits : number.group(2).split("\\.")) {
                    version.add(new BigDecimal(digits));
                }
            }
            boolean isMore = isVersion && number.group(1).isEmpty() && isAfterVersion;
            if (!isMore) {
                key.append(key.length() == 0 ? "" : "-").append(isVersion ? number.group(1) + VERSION : token);
            }
            isAfterVersion = isVersion;
        }
        return key.toString();
    }
}
