package org.sluice.gateway.log;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sluice.gateway.chat.RawJson;

/**
 * Reads the log for its owners. Every question carries the organization. Not for the request path. A session bean, because
 * Payara finds a persistence unit only in the module of the component that is called.
 */
@Stateless
public class RequestLogQuery {
    /** Stored content that one page shows at most; later rows of the page come without it. */
    static final int CONTENT_BUDGET_BYTES = 8 * 1024 * 1024;
    private static final int CONTENT_PIECE = 25;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final String WHERE = " from RequestLog r where r.organization = :organization"
            + " and r.environment in :environments and r.startedAt between :start and :end";
    @PersistenceContext(unitName = "gateway") EntityManager entities;

    public RequestLogQuery() { }

    /** Newest first, with content as far as it is not too much. */
    public LogPage list(LogFilter filter) {
        long count = asked("select count(r)" + WHERE, Long.class, filter).getSingleResult();
        List<RequestLog> rows = asked("select r" + WHERE + " order by r.startedAt desc, r.id desc", RequestLog.class, filter)
                .setFirstResult(Math.toIntExact(Math.min(Integer.MAX_VALUE, (filter.page() - 1L) * filter.pageSize())))
                .setMaxResults(filter.pageSize()).getResultList();
        List<RawJson> results = new ArrayList<>(rows.size());
        int budget = CONTENT_BUDGET_BYTES;
        for (int from = 0; from < rows.size(); from += CONTENT_PIECE) {
            List<RequestLog> piece = rows.subList(from, Math.min(rows.size(), from + CONTENT_PIECE));
            Map<UUID, RequestLogContent> contents = budget > 0 ? contents(piece) : Map.of();
            for (RequestLog row : piece) {
                RequestLogContent content = contents.get(row.id);
                budget -= content == null ? 0 : content.size();
                results.add(LogObjectWriter.write(row, budget > 0 ? content : null, false));
            }
        }
        return new LogPage(count, results);
    }

    /** The whole object; empty when there is no such row for this organization. */
    public Optional<RawJson> find(String organization, UUID id) {
        RequestLog row = entities.find(RequestLog.class, id);
        if (row == null || !row.organization.equals(organization)) {
            return Optional.empty();
        }
        return Optional.of(LogObjectWriter.write(row, entities.find(RequestLogContent.class, id), true));
    }

    private Map<UUID, RequestLogContent> contents(List<RequestLog> rows) {
        Map<UUID, RequestLogContent> byId = new HashMap<>();
        TypedQuery<RequestLogContent> query = entities.createQuery("select c from RequestLogContent c where c.logId in :ids", RequestLogContent.class)
                .setParameter("ids", rows.stream().map(row -> row.id).toList());
        query.setHint("jakarta.persistence.query.timeout", TIMEOUT_MILLIS);
        query.getResultList().forEach(content -> byId.put(content.logId, content));
        return byId;
    }

    private <T> TypedQuery<T> asked(String text, Class<T> type, LogFilter filter) {
        return entities.createQuery(text, type)
                .setParameter("organization", filter.organization())
                .setParameter("environments", filter.environment() == null ? List.of("prod", "test") : List.of(filter.environment()))
                .setParameter("start", filter.start())
                .setParameter("end", filter.end())
                .setHint("jakarta.persistence.query.timeout", TIMEOUT_MILLIS);
    }
}
