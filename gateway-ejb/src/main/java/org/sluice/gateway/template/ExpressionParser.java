package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.template.Operation.Operator;
import org.sluice.gateway.template.Token.Type;

/** Reads expressions. One method a rank of operators, the weakest first; nesting is bounded. */
final class ExpressionParser {
    private static final Map<String, Operator> COMPARISONS = Map.of("==", Operator.EQUAL, "!=", Operator.UNEQUAL, "<", Operator.LESS,
            "<=", Operator.LESS_OR_EQUAL, ">", Operator.GREATER, ">=", Operator.GREATER_OR_EQUAL);
    private static final Map<String, Operator> SUMS = Map.of("+", Operator.ADD, "-", Operator.SUBTRACT);
    private static final Map<String, Operator> PRODUCTS = Map.of("*", Operator.MULTIPLY, "/", Operator.DIVIDE, "//", Operator.FLOOR_DIVIDE, "%", Operator.MODULO);
    private static final Map<String, Operator> POWERS = Map.of("**", Operator.POWER);
    private final Words words;
    private final Names names;
    private final Nesting nesting;

    ExpressionParser(Words words, Names names, Nesting nesting) {
        this.words = words;
        this.names = names;
        this.nesting = nesting;
    }

    Expression expression() {
        nesting.enter(words.current().at());
        Expression value = disjunction();
        int at = words.current().at();
        if (words.skipName("if")) {
            Expression condition = disjunction();
            Expression otherwise = words.skipName("else") ? expression() : null;
            value = new Expression.Conditional(condition, value, otherwise, at);
        }
        nesting.leave();
        return value;
    }

    /** Without the inline {@code if}, which means something else behind {@code for}. */
    Expression disjunction() {
        return junction("or", true);
    }

    private Expression junction(String word, boolean isOr) {
        Expression first = isOr ? junction("and", false) : negation();
        if (!words.isName(word)) {
            return first;
        }
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (words.skipName(word)) {
            operands.add(isOr ? junction("and", false) : negation());
        }
        return new Operation.Junction(operands.toArray(new Expression[0]), isOr);
    }

    private Expression negation() {
        if (!words.isName("not")) {
            return comparison();
        }
        nesting.enter(words.take().at());
        Expression negated = new Operation.Not(negation());
        nesting.leave();
        return negated;
    }

    private Expression comparison() {
        int at = words.current().at();
        Expression first = arithmetic(SUMS);
        List<Operator> operators = new ArrayList<>();
        List<Expression> operands = new ArrayList<>();
        for (Operator operator = comparisonOperator(); operator != null; operator = comparisonOperator()) {
            operators.add(operator);
            operands.add(arithmetic(SUMS));
        }
        return operators.isEmpty() ? first
                : new Operation.Comparison(first, operators.toArray(new Operator[0]), operands.toArray(new Expression[0]), at);
    }

    private Operator comparisonOperator() {
        if (words.skipName("in")) {
            return Operator.IN;
        }
        if (words.isName("not") && words.following().isName("in")) {
            words.take();
            words.take();
            return Operator.NOT_IN;
        }
        return operator(COMPARISONS);
    }

    private Operator operator(Map<String, Operator> rank) {
        Token token = words.current();
        Operator operator = token.type() == Type.OPERATOR ? rank.get(token.text()) : null;
        if (operator != null) {
            words.take();
        }
        return operator;
    }

    private Expression arithmetic(Map<String, Operator> rank) {
        int at = words.current().at();
        Expression first = operand(rank);
        Operator operator = operator(rank);
        if (operator == null) {
            return first;
        }
        List<Operator> operators = new ArrayList<>();
        List<Expression> operands = new ArrayList<>();
        for (; operator != null; operator = operator(rank)) {
            operators.add(operator);
            operands.add(operand(rank));
        }
        return new Operation.Arithmetic(first, operators.toArray(new Operator[0]), operands.toArray(new Expression[0]), at);
    }

    private Expression operand(Map<String, Operator> rank) {
        return rank == SUMS ? concatenation() : rank == PRODUCTS ? arithmetic(POWERS) : signed(true);
    }

    private Expression concatenation() {
        int at = words.current().at();
        Expression first = arithmetic(PRODUCTS);
        if (!words.isOperator("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (words.skipOperator("~")) {
            parts.add(arithmetic(PRODUCTS));
        }
        return new Operation.Concatenation(parts.toArray(new Expression[0]), at);
    }

    private Expression signed(boolean withFilters) {
        Token token = words.current();
        Expression value;
        if (token.isOperator("-") || token.isOperator("+")) {
            words.take();
            nesting.enter(token.at());
            value = new Operation.Sign(signed(false), token.text().equals("-"), token.at());
            nesting.leave();
        } else {
            value = primary();
        }
        return chain(value, withFilters);
    }

    Expression primary() {
        Token token = words.take();
        switch (token.type()) {
            case NAME:
                return switch (token.text()) {
                    case "true", "True" -> new Expression.Constant(true);
                    case "false", "False" -> new Expression.Constant(false);
                    case "none", "None" -> new Expression.Constant(None.NONE);
                    default -> new Expression.Name(token.text(), names.read(token.text()), token.at());
                };
            case STRING:
                StringBuilder text = new StringBuilder(token.text());
                while (words.current().type() == Type.STRING) {
                    text.append(words.take().text());
                }
                return new Expression.Constant(text.toString());
            case NUMBER:
                return new Expression.Constant(token.number());
            default:
                if (token.isOperator("(")) {
                    Expression inside = tuple(true);
                    words.expectOperator(")");
                    return inside;
                }
                if (token.isOperator("[")) {
                    return new Expression.ListLiteral(list("]").toArray(new Expression[0]), false);
                }
                if (token.isOperator("{")) {
                    return map();
                }
                throw Failure.syntax(token.at(), "unexpected " + token.described());
        }
    }

    /** One expression, or several with commas between, which are a tuple. */
    Expression tuple(boolean mayBeEmpty) {
        List<Expression> items = new ArrayList<>();
        boolean isTuple = false;
        while (!isTupleEnd()) {
            items.add(expression());
            if (!words.skipOperator(",")) {
                break;
            }
            isTuple = true;
        }
        if (!isTuple && items.size() == 1) {
            return items.get(0);
        }
        if (items.isEmpty() && !mayBeEmpty) {
            throw words.unexpected("an expression");
        }
        return new Expression.ListLiteral(items.toArray(new Expression[0]), true);
    }

    private boolean isTupleEnd() {
        Type type = words.current().type();
        return type == Type.PRINT_END || type == Type.BLOCK_END || words.isOperator(")");
    }

    private List<Expression> list(String end) {
        List<Expression> items = new ArrayList<>();
        while (!words.skipOperator(end)) {
            items.add(expression());
            if (!words.isOperator(end)) {
                words.expectOperator(",");
            }
        }
        return items;
    }

    private Expression map() {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!words.skipOperator("}")) {
            keys.add(expression());
            words.expectOperator(":");
            values.add(expression());
            if (!words.isOperator("}")) {
                words.expectOperator(",");
            }
        }
        return new Expression.MapLiteral(keys.toArray(new Expression[0]), values.toArray(new Expression[0]));
    }

    private Expression chain(Expression head, boolean withFilters) {
        List<Link> links = new ArrayList<>();
        boolean isBehindFilter = false;
        String path = head.path();
        while (true) {
            Token token = words.current();
            if (token.isOperator("(")) {
                call(links, token.at());
                path = null;
            } else if (!isBehindFilter && token.isOperator(".")) {
                Link link = member(path);
                path = link instanceof Link.Attribute attribute ? attribute.path() : null;
                links.add(link);
            } else if (!isBehindFilter && token.isOperator("[")) {
                links.add(subscript());
                path = null;
            } else if (withFilters && token.isOperator("|")) {
                isBehindFilter = true;
                links.addAll(filters());
            } else if (withFilters && token.isName("is")) {
                isBehindFilter = true;
                links.add(test());
            } else {
                break;
            }
        }
        if (links.isEmpty()) {
            return head;
        }
        return new Expression.Chain(head, links.toArray(new Link[0]));
    }

    /** Behind an attribute it is a method, else a call of the value. */
    private void call(List<Link> links, int at) {
        ArgumentList arguments = arguments();
        Link last = links.isEmpty() ? null : links.get(links.size() - 1);
        if (last instanceof Link.Attribute attribute) {
            links.set(links.size() - 1, new Link.Method(attribute.name(), arguments, attribute.at()));
        } else {
            links.add(new Link.Call(arguments, at));
        }
    }

    private Link member(String path) {
        int at = words.take().at();
        Token name = words.take();
        if (name.type() == Type.NAME) {
            return new Link.Attribute(name.text(), path == null ? null : path + "." + name.text(), at);
        }
        if (name.type() == Type.NUMBER && !(name.number() instanceof Double)) {
            return new Link.Item(new Expression.Constant(name.number()), name.text(), at);
        }
        throw Failure.syntax(name.at(), "expected a name or a number behind '.', found " + name.described());
    }

    private Link subscript() {
        int at = words.take().at();
        Expression start = words.isOperator(":") ? null : expression();
        if (!words.skipOperator(":")) {
            if (words.isOperator(",")) {
                throw Failure.syntax(words.current().at(), "several subscripts are not supported");
            }
            words.expectOperator("]");
            boolean isLiteral = start instanceof Expression.Constant constant && (constant.value() instanceof String || Numbers.isNumber(constant.value()));
            return new Link.Item(start, isLiteral ? "'" + ((Expression.Constant) start).value() + "'" : null, at);
        }
        Expression stop = words.isOperator(":") || words.isOperator("]") ? null : expression();
        Expression step = words.skipOperator(":") && !words.isOperator("]") ? expression() : null;
        words.expectOperator("]");
        return new Link.Slice(start, stop, step, at);
    }

    /** One or more filters, each behind its bar. */
    List<Link> filters() {
        List<Link> filters = new ArrayList<>();
        while (words.skipOperator("|")) {
            filters.add(filter());
        }
        return filters;
    }

    Link filter() {
        int at = words.current().at();
        String name = dottedName();
        Filter filter = Filters.named(name);
        if (filter == null) {
            throw Failure.syntax(at, "No filter named '" + name + "'");
        }
        return new Link.Filtered(filter, words.isOperator("(") ? arguments() : ArgumentList.EMPTY, at);
    }

    private String dottedName() {
        StringBuilder name = new StringBuilder(words.expectName());
        while (words.skipOperator(".")) {
            name.append('.').append(words.expectName());
        }
        return name.toString();
    }

    private Link test() {
        int at = words.take().at();
        boolean isNegated = words.skipName("not");
        String name = dottedName();
        Filter test = Checks.named(name);
        if (test == null) {
            throw Failure.syntax(at, "No test named '" + name + "'");
        }
        return new Link.Tested(test, testArguments(), isNegated, at);
    }

    private ArgumentList testArguments() {
        Token token = words.current();
        if (token.isOperator("(")) {
            return arguments();
        }
        if (token.isName("is")) {
            throw Failure.syntax(token.at(), "You cannot chain multiple tests with is");
        }
        boolean isArgument = token.type() == Type.STRING || token.type() == Type.NUMBER || token.isOperator("[") || token.isOperator("{")
                || token.type() == Type.NAME && !Set.of("else", "or", "and").contains(token.text());
        if (!isArgument) {
            return ArgumentList.EMPTY;
        }
        nesting.enter(token.at());
        Expression argument = chain(primary(), false);
        nesting.leave();
        return new ArgumentList(new Expression[] {argument}, new String[0], new Expression[0], null, null);
    }

    ArgumentList arguments() {
        int at = words.take().at();
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new java.util.LinkedHashMap<>();
        Expression star = null;
        Expression starStar = null;
        while (!words.isOperator(")")) {
            boolean isLate = starStar != null;
            if (words.skipOperator("*")) {
                isLate |= star != null;
                star = expression();
            } else if (words.skipOperator("**")) {
                starStar = expression();
            } else if (words.current().type() == Type.NAME && words.following().isOperator("=")) {
                String name = words.take().text();
                words.take();
                isLate |= named.put(name, expression()) != null;
            } else {
                isLate |= star != null || !named.isEmpty();
                positional.add(expression());
            }
            if (isLate) {
                throw Failure.syntax(at, "invalid syntax for function call expression");
            }
            if (!words.isOperator(")")) {
                words.expectOperator(",");
            }
        }
        words.take();
        boolean isEmpty = positional.isEmpty() && named.isEmpty() && star == null && starStar == null;
        return isEmpty ? ArgumentList.EMPTY : new ArgumentList(positional.toArray(new Expression[0]), named.keySet().toArray(new String[0]),
                named.values().toArray(new Expression[0]), star, starStar);
    }
}
