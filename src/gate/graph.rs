//! What refers to what, proven to end: names that stand for other names, entries that inherit from other entries.
//!
//! A reader that follows references by recursion comes to no end in a circle, and to the end of its stack in a long
//! chain; one that copies what is named doubles it with each pair of references. So references are laid out as a graph
//! first, put in an order in which all that something refers to stands before it, and weighed in that order. It is done
//! once, in time proportional to names and references.

/// Why what something refers to cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It leads into a circle.
    Circle,
    /// It is longer than [`Bounds::longest`].
    TooLong,
    /// It comes to more than [`Bounds::heaviest`].
    TooHeavy,
}

/// The number of steps for which references are followed.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// References in a row.
    pub longest: usize,
    /// The most that a node and all that it refers to may weigh, each as often as it is referred to.
    pub heaviest: u64,
}

/// A node: what it weighs itself, and what it refers to, by index.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// Its own weight.
    pub weight: u64,
    /// The nodes that it refers to; one that is named twice counts twice. What is no node is passed over.
    pub to: Vec<usize>,
}

/// Nodes in an order in which they can be worked off.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// The nodes that can be followed, what is referred to before what refers to it.
    pub sound: Vec<usize>,
    /// By node: why it cannot be followed. What refers to such a node cannot be followed either.
    pub faults: Vec<Option<Fault>>,
    /// By node: what it comes to with all that it refers to; only of sound ones.
    pub weights: Vec<u64>,
    /// Nodes and references looked at: the counted work.
    pub worked: usize,
}

/// Orders a graph.
#[must_use]
pub fn order(nodes: &[Node], bounds: Bounds) -> Order {
    let count = nodes.len();
    let mut from: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut open: Vec<usize> = vec![0; count];
    let mut worked = count;
    for (index, node) in nodes.iter().enumerate() {
        for &to in node.to.iter().filter(|&&to| to < count) {
            from[to].push(index);
            open[index] += 1;
            worked += 1;
        }
    }
    let mut order = Order { faults: vec![None; count], weights: vec![0; count], ..Order::default() };
    let mut lengths = vec![0usize; count];
    let mut ready: Vec<usize> = (0..count).filter(|&index| open[index] == 0).collect();
    let mut done = vec![false; count];
    while let Some(index) = ready.pop() {
        done[index] = true;
        worked += 1;
        let node = &nodes[index];
        let targets = || node.to.iter().copied().filter(|&to| to < count);
        let mut fault = targets().find_map(|to| order.faults[to]);
        let length = targets().map(|to| lengths[to] + 1).max().unwrap_or(0);
        let weight = targets().fold(node.weight, |all, to| all.saturating_add(order.weights[to]));
        worked += node.to.len();
        if length > bounds.longest {
            fault = fault.or(Some(Fault::TooLong));
        } else if weight > bounds.heaviest {
            fault = fault.or(Some(Fault::TooHeavy));
        }
        (lengths[index], order.weights[index], order.faults[index]) = (length, weight, fault);
        if fault.is_none() {
            order.sound.push(index);
        }
        for &other in &from[index] {
            worked += 1;
            open[other] -= 1;
            if open[other] == 0 {
                ready.push(other);
            }
        }
    }
    for index in (0..count).filter(|&index| !done[index]) {
        order.faults[index] = Some(Fault::Circle);
    }
    order.worked = worked;
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds { longest: 4, heaviest: 100 };

    fn graph(edges: &[&[usize]]) -> Vec<Node> {
        edges.iter().map(|to| Node { weight: 1, to: to.to_vec() }).collect()
    }

    #[test]
    fn what_is_referred_to_comes_first() {
        let order = order(&graph(&[&[1, 2], &[2], &[], &[9]]), BOUNDS);
        assert_eq!(order.faults, [None; 4]);
        let place = |node| order.sound.iter().position(|&other| other == node);
        assert!(place(2) < place(1) && place(1) < place(0), "{order:?}");
        assert_eq!(order.weights, [4, 2, 1, 1], "what is named twice counts twice");
    }

    #[test]
    fn a_circle_is_refused_with_what_leads_into_it_and_nothing_else() {
        let two = order(&graph(&[&[1], &[0], &[0], &[]]), BOUNDS);
        assert_eq!(two.faults, [Some(Fault::Circle), Some(Fault::Circle), Some(Fault::Circle), None]);
        assert_eq!(two.sound, [3]);
        assert_eq!(order(&graph(&[&[0]]), BOUNDS).faults, [Some(Fault::Circle)], "one that names itself");
    }

    #[test]
    fn a_chain_is_followed_up_to_its_bound() {
        let chain: Vec<Vec<usize>> = (0..7).map(|index| if index == 0 { vec![] } else { vec![index - 1] }).collect();
        let edges: Vec<&[usize]> = chain.iter().map(Vec::as_slice).collect();
        let order = order(&graph(&edges), BOUNDS);
        assert_eq!(order.faults, [None, None, None, None, None, Some(Fault::TooLong), Some(Fault::TooLong)]);
    }

    #[test]
    fn what_multiplies_is_weighed_and_never_built() {
        // Each names the one before it ten times.
        let nodes: Vec<Node> = (0..4)
            .map(|at: usize| Node { weight: 1, to: at.checked_sub(1).map_or(vec![], |to| vec![to; 10]) })
            .collect();
        let order = order(&nodes, BOUNDS);
        assert_eq!(order.faults, [None, None, Some(Fault::TooHeavy), Some(Fault::TooHeavy)]);
        assert_eq!(&order.weights[..3], [1, 11, 111]);
    }

    #[test]
    fn the_work_grows_with_names_and_references() {
        let work = |count: usize| {
            let nodes: Vec<Node> =
                (0..count).map(|at| Node { weight: 0, to: vec![at / 2; usize::from(at > 0)] }).collect();
            order(&nodes, BOUNDS).worked
        };
        assert!(work(20_000) <= 2 * work(10_000) + 16);
    }
}
