package org.sluice.gateway.template;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compiled templates by owner and source. Each owner has a share of its own, so that one cannot push out another's; in a
 * share, and among owners, the least recently used goes first. For any number of threads.
 */
public final class TemplateCache {
    private final int owners;
    private final int templates;
    private final long characters;
    private final Map<String, Share> shares;

    /**
     * @param owners how many have a share
     * @param templates in one share
     * @param characters of all sources in one share
     */
    public TemplateCache(int owners, int templates, long characters) {
        this.owners = owners;
        this.templates = templates;
        this.characters = characters;
        shares = new LinkedHashMap<>(16, 0.75f, true);
    }

    /** @throws TemplateException when the source is not a template; such are not kept */
    public Template get(String owner, String source) {
        Share share = share(owner);
        Template cached = share.find(source);
        return cached != null ? cached : share.keep(source, Template.compile(source));
    }

    /** How many templates an owner has here. */
    public int size(String owner) {
        synchronized (shares) {
            Share share = shares.get(owner);
            return share == null ? 0 : share.size();
        }
    }

    private Share share(String owner) {
        synchronized (shares) {
            Share share = shares.computeIfAbsent(owner, name -> new Share());
            if (shares.size() > owners) {
                shares.remove(shares.keySet().iterator().next());
            }
            return share;
        }
    }

    private final class Share {
        private final Map<String, Template> bySource = new LinkedHashMap<>(16, 0.75f, true);
        private long held;

        synchronized Template find(String source) {
            return bySource.get(source);
        }

        synchronized int size() {
            return bySource.size();
        }

        synchronized Template keep(String source, Template template) {
            if (bySource.put(source, template) == null) {
                held += source.length();
            }
            while (bySource.size() > templates || held > characters && bySource.size() > 1) {
                String oldest = bySource.keySet().iterator().next();
                bySource.remove(oldest);
                held -= oldest.length();
            }
            return template;
        }
    }
}
