package org.sluice.gateway.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.UUID;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.log.LogFilter;
import org.sluice.gateway.log.LogPage;
import org.sluice.gateway.log.RequestLogQuery;

/** The log of the caller's organization. */
@RequestScoped
@Path("/api/request-logs")
@Produces(MediaType.APPLICATION_JSON)
public class LogsResource {
    private static final String CALLER = "gateway.caller";
    @Inject RequestLogQuery logs;

    @GET
    @Path("/list/")
    public Response list(@Context HttpServletRequest request, @Context UriInfo uri) {
        return page(caller(request), uri, null);
    }

    @POST
    @Path("/list/")
    @Consumes(MediaType.WILDCARD)
    public Response listFiltered(@Context HttpServletRequest request, @Context UriInfo uri, byte[] body) {
        return page(caller(request), uri, body);
    }

    @GET
    @Path("/{unique_id}/")
    public Response find(@Context HttpServletRequest request, @PathParam("unique_id") String uniqueId) {
        return json(200, logs.find(caller(request).organization(), id(uniqueId))
                .orElseThrow(LogsResource::notFound).text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private Response page(Caller caller, UriInfo uri, byte[] body) {
        LogListParameters parameters = new LogListParameters(uri.getQueryParameters(), body, Clock.systemUTC());
        LogFilter filter = parameters.filter(caller);
        if (filter == null) {
            return json(422, parameters.errors());
        }
        LogPage page = logs.list(filter);
        boolean hasNext = (long) filter.page() * filter.pageSize() < page.count();
        JsonWriter json = new JsonWriter(8_192).beginObject();
        json.name("count").value(page.count());
        json.name("next").value(hasNext ? link(uri, filter.page() + 1) : null);
        json.name("previous").value(filter.page() > 1 ? link(uri, filter.page() - 1) : null);
        json.name("results").beginArray();
        page.results().forEach(json::raw);
        return json(200, json.endArray().endObject().toBytes());
    }

    private static String link(UriInfo uri, int page) {
        return uri.getRequestUriBuilder().replaceQueryParam("page", page).build().toString();
    }

    private static Response json(int status, byte[] body) {
        return Response.status(status).type(MediaType.APPLICATION_JSON).entity(body).build();
    }

    private static UUID id(String uniqueId) {
        try {
            return UUID.fromString(uniqueId);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static GatewayException notFound() {
        return new GatewayException(ErrorType.NOT_FOUND, "Not found.");
    }

    private static Caller caller(HttpServletRequest request) {
        if (request.getAttribute(CALLER) instanceof Caller caller) {
            return caller;
        }
        throw new GatewayException(ErrorType.AUTHENTICATION, "Authentication credentials were not provided.");
    }
}
