"""Solves a problem with OR-tools' min-cost flow or with HiGHS, and prints the value and the time.

Usage: peer.py (ortools|highs) FILE RUNS [SECONDS_MAX]
The two run in processes of their own: their libraries clash in one. Times are processor time of the
solve call alone, in milliseconds: on a machine that others use as well, the wall measures them.
"""

import json
import sys
import time

import numpy


def read(path):
    with open(path, encoding="ascii") as lines:
        segments, windows, suppliers, wants = map(int, next(lines).split())
        rows = [list(map(int, next(lines).split())) for _ in range(suppliers)]
        wanted = [tuple(map(int, next(lines).split())) for _ in range(wants)]
    totals = [row[0] for row in rows]
    per_window = [row[1 : 1 + windows] for row in rows]
    fits = [row[1 + windows :] for row in rows]
    return segments, windows, totals, per_window, fits, wanted


def flow_arcs(problem):
    """Source, a node for each supplier, one for each of its windows, one for each want, sink.

    A supplier that fits one segment alone needs no nodes for its windows, and one with a single
    window none for itself: the smallest graph that states the problem."""
    segments, windows, totals, per_window, fits, wanted = problem
    node_of = {(segment, window): 2 + place for place, (segment, window, _, _) in enumerate(wanted)}
    tails, heads, capacities, costs = [], [], [], []

    def arc(tail, head, capacity, cost=0):
        tails.append(tail)
        heads.append(head)
        capacities.append(capacity)
        costs.append(cost)

    next_node = 2 + len(wanted)
    for total, caps, own in zip(totals, per_window, fits):
        given = [window for window in range(windows) if caps[window] > 0]
        if len(given) == 1:
            node = next_node
            next_node += 1
            arc(0, node, min(total, caps[given[0]]))
            for segment in own:
                arc(node, node_of[segment, given[0]], caps[given[0]])
            continue
        supplier = next_node
        next_node += 1
        arc(0, supplier, total)
        for window in given:
            if len(own) == 1:
                arc(supplier, node_of[own[0], window], caps[window])
                continue
            node = next_node
            next_node += 1
            arc(supplier, node, caps[window])
            for segment in own:
                arc(node, node_of[segment, window], caps[window])
    for place, (_, _, units, value) in enumerate(wanted):
        arc(2 + place, 1, units, -value)
    return next_node, tails, heads, capacities, costs


def time_ortools(problem, runs):
    """Two ways to ask, the faster one counts: all that fits at least cost, or a balanced flow with
    a free way past everything."""
    from ortools.graph.python import min_cost_flow

    nodes, tails, heads, capacities, costs = flow_arcs(problem)
    supply = sum(problem[2])
    asked = {}
    for way in ("max_flow", "balanced"):
        times = []
        for _ in range(runs):
            solver = min_cost_flow.SimpleMinCostFlow()
            arcs = [numpy.array(column, dtype=numpy.int64) for column in (tails, heads, capacities, costs)]
            solver.add_arcs_with_capacity_and_unit_cost(*arcs)
            if way == "balanced":
                solver.add_arc_with_capacity_and_unit_cost(0, 1, supply, 0)
            solver.set_node_supply(0, supply)
            solver.set_node_supply(1, -supply)
            started = time.process_time()
            status = solver.solve_max_flow_with_min_cost() if way == "max_flow" else solver.solve()
            times.append((time.process_time() - started) * 1000)
            if status != solver.OPTIMAL:
                raise SystemExit(f"OR-tools: status {status}")
            value = -solver.optimal_cost()
        asked[way] = {"value": str(value), "median": sorted(times)[len(times) // 2], "least": min(times)}
    if len({one["value"] for one in asked.values()}) != 1:
        raise SystemExit(f"the two ways differ: {asked}")
    way = min(asked, key=lambda name: asked[name]["median"])
    return {**asked[way], "way": way, "runs": runs, "nodes": nodes, "arcs": len(tails), "ways": asked}


def time_highs(problem, runs, seconds_max):
    """The linear program by dual simplex and by interior point, one thread; the faster one counts."""
    import highspy

    segments, windows, totals, per_window, fits, wanted = problem
    row_of = {(segment, window): place for place, (segment, window, _, _) in enumerate(wanted)}
    values = [value for _, _, _, value in wanted]
    upper = [units for _, _, units, _ in wanted]
    starts, index, column_costs = [0], [], []
    for total, caps, own in zip(totals, per_window, fits):
        of_total = len(upper)
        upper.append(total)
        for window in range(windows):
            if caps[window] == 0:
                continue
            of_window = len(upper)
            upper.append(caps[window])
            for segment in own:
                row = row_of[segment, window]
                index += [row, of_total, of_window]
                column_costs.append(values[row])
                starts.append(len(index))
    columns = len(column_costs)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, len(upper)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = numpy.array(column_costs, dtype=numpy.double)
    model.col_lower_ = numpy.zeros(columns)
    model.col_upper_ = numpy.full(columns, highspy.kHighsInf)
    model.row_lower_ = numpy.full(len(upper), -highspy.kHighsInf)
    model.row_upper_ = numpy.array(upper, dtype=numpy.double)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = numpy.array(starts)
    model.a_matrix_.index_ = numpy.array(index)
    model.a_matrix_.value_ = numpy.ones(len(index))
    asked = {}
    for way in ("simplex", "ipm"):
        times = []
        for _ in range(runs):
            solver = highspy.Highs()
            solver.setOptionValue("output_flag", False)
            solver.setOptionValue("threads", 1)
            solver.setOptionValue("solver", way)
            solver.setOptionValue("time_limit", seconds_max)
            solver.passModel(model)
            started = time.process_time()
            solver.run()
            times.append((time.process_time() - started) * 1000)
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                break
        else:
            value = solver.getInfo().objective_function_value
            asked[way] = {"value": repr(value), "median": sorted(times)[len(times) // 2], "least": min(times)}
    if not asked:
        return {"timed_out_after_seconds": seconds_max}
    way = min(asked, key=lambda name: asked[name]["median"])
    return {**asked[way], "way": way, "runs": runs, "columns": columns, "ways": asked}


def main():
    name, path, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    problem = read(path)
    if name == "ortools":
        told = time_ortools(problem, runs)
    else:
        told = time_highs(problem, runs, float(sys.argv[4]))
    print(json.dumps(told))


main()
