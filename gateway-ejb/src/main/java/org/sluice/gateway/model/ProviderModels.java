package org.sluice.gateway.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The models of one provider, found by name. Files given earlier win over later ones. */
final class ProviderModels {
    private static final int MAX_REMEMBERED = 4_096;
    private static final int MAX_NAME = 200;
    private static final Pattern DATED = Pattern.compile("(.+)[-@](?:\\d{8}|\\d{4}-\\d{2}-\\d{2})");

    private final String provider;
    private final Map<String, ModelFile.Entry> byName = new LinkedHashMap<>();
    private final Map<String, Model> byExactRule = new HashMap<>();
    private final List<MatchRule> claims = new ArrayList<>();
    private final ModelFamilies families = new ModelFamilies();
    private final String samePricesAs;
    private final Map<String, Optional<Model>> remembered = new ConcurrentHashMap<>();

    ProviderModels(String provider, List<ModelFile> files) {
        this.provider = provider;
        String other = null;
        for (ModelFile file : files) {
            for (ModelFile.Entry entry : file.entries()) {
                byName.merge(entry.model().name().toLowerCase(Locale.ROOT), entry, ModelFile.Entry::over);
            }
            claims.addAll(file.claims());
            other = other == null ? file.samePricesAs() : other;
        }
        for (ModelFile.Entry entry : byName.values()) {
            families.add(entry.model());
            for (MatchRule rule : entry.rules()) {
                if (rule instanceof MatchRule.Equals exact) {
                    byExactRule.putIfAbsent(exact.text(), entry.model());
                }
            }
        }
        samePricesAs = other;
    }

    List<Model> all() {
        return byName.values().stream().map(ModelFile.Entry::model).toList();
    }

    /** Provider whose prices hold for models not listed here, or null. */
    String samePricesAs() {
        return samePricesAs;
    }

    boolean claims(String bareName) {
        String name = bareName.toLowerCase(Locale.ROOT);
        return MatchRule.anyOf(claims, name);
    }

    Optional<Model> find(String upstreamModel) {
        Optional<Model> known = remembered.get(upstreamModel);
        if (known != null) {
            return known;
        }
        if (upstreamModel.length() > MAX_NAME) {
            return Optional.empty();
        }
        Optional<Model> found = search(upstreamModel.toLowerCase(Locale.ROOT));
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(upstreamModel, found);
        return found;
    }

    /** A model that is not listed, taken for the newest of its family. */
    Optional<Model> findRelative(String upstreamModel) {
        return upstreamModel.length() > MAX_NAME ? Optional.empty()
                : families.find(upstreamModel.startsWith(provider + "/") ? upstreamModel.substring(provider.length() + 1) : upstreamModel);
    }

    private Optional<Model> search(String name) {
        String bare = name.startsWith(provider + "/") ? name.substring(provider.length() + 1) : name;
        Model model = searchExactly(bare);
        Matcher dated = DATED.matcher(bare);
        if (model == null && dated.matches()) {
            model = searchExactly(dated.group(1));
        }
        return Optional.ofNullable(model);
    }

    private Model searchExactly(String name) {
        ModelFile.Entry entry = byName.get(name);
        if (entry != null) {
            return entry.model();
        }
        Model exact = byExactRule.get(name);
        if (exact != null) {
            return exact;
        }
        for (ModelFile.Entry candidate : byName.values()) {
            for (MatchRule rule : candidate.rules()) {
                if (rule.matches(name)) {
                    return candidate.model();
                }
            }
        }
        return null;
    }
}
