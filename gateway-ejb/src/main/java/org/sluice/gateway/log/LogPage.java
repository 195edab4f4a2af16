package org.sluice.gateway.log;

import java.util.List;
import org.sluice.gateway.chat.RawJson;

/**
 * One page of the log.
 *
 * @param count rows on all pages
 * @param results log objects, newest first
 */
public record LogPage(long count, List<RawJson> results) {
    public LogPage {
        results = List.copyOf(results);
    }
}
