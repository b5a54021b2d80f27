// Made from docs/asyncapi.yaml by `python -m scripts.web_types`; do not edit.

/** Make your one sealed bid in an auction; 0 passes. For everybody but the bidder the amount is null. */
export type ActionBid = {
  type: "ActionBid";
  amount: number | null;
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Add levels to a square. */
export type ActionBuild = {
  type: "ActionBuild";
  /** A square id: 0..39, 100..113 or 201. */
  square: number;
  /** Building levels, at least 1. */
  houses?: number;
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Buy the square that you stand on; `square` may be absent. */
export type ActionBuySquare = {
  type: "ActionBuySquare";
  square?: number | null;
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Buy the face-up card, or take an unseen one for free. */
export type ActionChooseCard = {
  type: "ActionChooseCard";
  chosen_revealed_card: boolean;
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Remove levels from a square, for half of what they cost. */
export type ActionDemolish = {
  type: "ActionDemolish";
  /** A square id: 0..39, 100..113 or 201. */
  square: number;
  /** Building levels, at least 1. */
  houses?: number;
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Decline the square that you stand on, which opens an auction; `square` may be absent. */
export type ActionDropPurchase = {
  type: "ActionDropPurchase";
  square?: number | null;
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Mortgage a square for half its price. */
export type ActionMortgageSet = {
  type: "ActionMortgageSet";
  /** A square id: 0..39, 100..113 or 201. */
  square: number;
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Lift the mortgage of a square for half its price. */
export type ActionMortgageUnset = {
  type: "ActionMortgageUnset";
  /** A square id: 0..39, 100..113 or 201. */
  square: number;
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Choose the square to move to, one of the possible destinations. */
export type ActionMoveTo = {
  type: "ActionMoveTo";
  /** A square id: 0..39, 100..113 or 201. */
  square: number;
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Go on: stay at the tram stop, roll again after a double, or end your turn. */
export type ActionNextPhase = {
  type: "ActionNextPhase";
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Pay the bail and leave jail, or decline after a roll. */
export type ActionPayBail = {
  type: "ActionPayBail";
  to_pay?: boolean;
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Leave the game for good. */
export type ActionSurrender = {
  type: "ActionSurrender";
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Ride to another tram stop for the fare, or stay (name the same square) for free. */
export type ActionTakeTram = {
  type: "ActionTakeTram";
  /** A square id: 0..39, 100..113 or 201. */
  square: number;
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Roll the dice. The server also reads `RollDice` as this. */
export type ActionThrowDices = {
  type: "ActionThrowDices";
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Accept or reject the trade; `choose` wins over `accept`, the server sends both. */
export type ActionTradeAnswer = {
  type: "ActionTradeAnswer";
  choose?: boolean | null;
  accept?: boolean | null;
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** Propose a trade to another player; absent money is 0, absent lists are empty. */
export type ActionTradeProposal = {
  type: "ActionTradeProposal";
  /** A user id. */
  destination_user: number;
  /** Money in whole units. */
  offered_money?: number;
  /** Money in whole units. */
  asked_money?: number;
  offered_properties?: (number)[];
  asked_properties?: (number)[];
  /** A game id. */
  game?: number;
  /** A user id. */
  player?: number;
};

/** An auction, open or closed. */
export type Auction = {
  /** Tells the auctions of a game apart. */
  id: number;
  /** A square id: 0..39, 100..113 or 201. */
  square: number;
  /** A user id, or 0 for nobody. */
  winner: number;
  /** Money in whole units. */
  final_amount: number;
  is_active: boolean;
  is_tie: boolean;
  /** Closed: all bids, 0 for a pass or silence. Open: none but the receiver's own. */
  bids: Record<string, number>;
  /** Open: who has bid, how much is secret. */
  has_bid?: (number)[];
};

/** The bids were opened, or the auction was called off. */
export type AuctionClosed = {
  event: "AuctionClosed";
  square: number;
  winner: number;
  amount: number;
  tie: boolean;
  bids: ([number, number])[];
  called_off?: boolean;
};

/** A declined square is up for auction. */
export type AuctionOpened = {
  event: "AuctionOpened";
  square: number;
  bidders: (number)[];
};

/** Somebody bid; how much is secret until the auction closes. */
export type BidMade = {
  event: "BidMade";
  seat: number;
};

/** A bonus category that was drawn at the end of the game. */
export type Bonus = {
  display_name: string;
  /** Money in whole units. */
  bonus_amount: number;
  winners: (number)[];
};

/** A bonus category was drawn at the end of the game. */
export type BonusPaid = {
  event: "BonusPaid";
  category: string;
  amount: number;
  seats: (number)[];
};

/** How strong the bots of a room play. */
export type BotLevel = "easy" | "expert" | "grandmaster" | "hard" | "medium" | "very_easy" | "very_hard";

/** A square found an owner. */
export type Bought = {
  event: "Bought";
  seat: number;
  square: number;
  price: number;
  auctioned: boolean;
};

/** The player added levels. */
export type Built = {
  event: "Built";
  seat: number;
  square: number;
  houses: number;
};

/** Leave the queue; the server closes with 4000. */
export type Cancel = {
  action: "cancel";
};

/** One card as it is drawn: its type with one of the type's values. */
export type Card = {
  type: string;
  value: number | null;
  price: number;
};

/** A fantasy card took effect. */
export type CardPlayed = {
  event: "CardPlayed";
  seat: number;
  card: Card;
  bought: boolean;
  target?: number | null;
  squares?: (number)[];
  doubled?: boolean | null;
};

/** A fantasy card was drawn and is shown with its price. */
export type CardShown = {
  event: "CardShown";
  seat: number;
  card: Card;
};

/** Say something to everybody in the game: 1 to 500 characters after trimming, nothing invisible. `/emoji <item id>` is how clients send an owned emoji; of others nobody hears. */
export type ChatMessage = {
  type: "ChatMessage";
  /** A text, or an object with a string `text`; relayed as it came. */
  msg: string | Record<string, unknown>;
};

/** Give a square to a player, built on and mortgaged as told. */
export type CreateProperty = {
  cheat: "CreateProperty";
  /** A user id. */
  player_id: number;
  /** A square id: 0..39, 100..113 or 201. */
  square_id: number;
  /** Building levels; -1 and 0 are none. */
  houses?: number;
  mortgage?: boolean;
  type?: "Cheat";
};

/** Give a square back to the bank. */
export type DeleteProperty = {
  cheat: "DeleteProperty";
  /** A square id: 0..39, 100..113 or 201. */
  square_id: number;
  type?: "Cheat";
};

/** The player removed levels. */
export type Demolished = {
  event: "Demolished";
  seat: number;
  square: number;
  houses: number;
};

/** Why a player left the game (rules: Surrender and bankruptcy, Time limits). */
export type Departure = "bankrupt" | "kicked" | "surrender";

/** A fantasy card. */
export type FantasyEvent = {
  fantasy_type: string;
  value: number | null;
  /** Money in whole units. */
  card_cost: number;
};

/** A card that was played, and how it fell. */
export type FantasyResult = {
  fantasy_event: FantasyEvent;
  result: Record<string, boolean | number | (number)[]> | null;
};

/** A player is out of jail. */
export type Freed = {
  event: "Freed";
  seat: number;
  paid: boolean;
};

/** An action that was accepted; its response follows. */
export type GameAction = {
  event_type: "game_action";
  data: ActionThrowDices | ActionMoveTo | ActionBuySquare | ActionDropPurchase | ActionTakeTram | ActionChooseCard | ActionBid | ActionBuild | ActionDemolish | ActionMortgageSet | ActionMortgageUnset | ActionTradeProposal | ActionTradeAnswer | ActionPayBail | ActionNextPhase | ActionSurrender;
};

/** Somebody said something. */
export type GameChat = {
  event_type: "chat_message";
  /** A game id. */
  game: number;
  /** A username. */
  user: string;
  /** As its sender sent it. */
  msg: string | Record<string, unknown>;
};

/** The game is over. */
export type GameEnded = {
  event: "GameEnded";
  worth: (number)[];
  winners: (number)[];
};

/** A message was refused, to its sender alone; nothing changed. */
export type GameError = {
  event_type: "error";
  message: string;
  /** A stable code, by which to decide what to do. */
  code: string;
  /** The rule that refused, where one did: a stable code. */
  reason?: string;
  /** What the receiver may do now; with `?legal=1` only. */
  legal?: Legal;
};

/** What the action before led to. */
export type GameResponse = {
  event_type: "game_response";
  data: ResponseThrowDices | ResponseChooseSquare | ResponseChooseFantasy | ResponseAuction | ResponseBonus | ResponseSkipPhase | Response;
  /** What the receiver may do now; with `?legal=1` only. */
  legal?: Legal;
};

/** The game was made; the server closes with 4001 right after this. */
export type GameStart = {
  action: "game_start";
  /** A game id. */
  game_id: number;
};

/** The whole game, sent first on every socket and after a debug command. */
export type GameState = {
  event_type: "game_state";
  game_state: Snapshot;
  /** What the receiver may do now; with `?legal=1` only. */
  legal?: Legal;
  /** How many people watch the game. */
  viewers?: number;
};

/** Say that you are here: the time limits in a row that you have let pass are forgotten. It is no move, and nobody hears of it; the next frames count anew in `strikes`. */
export type Here = {
  type: "Here";
};

/** A player went to jail. */
export type Jailed = {
  event: "Jailed";
  seat: number;
  start: number;
};

/** Somebody joined; the newcomer gets it too. */
export type Joined = {
  action: "joined";
  /** A username. */
  user: string;
  /** A username. */
  owner: string;
  /** Whether the receiver of this frame owns the room. */
  is_owner: boolean;
  players: (RoomPlayer)[];
  bot_level: BotLevel;
  /** Seats of the game; bots fill those without people. */
  target_players: number;
  /** Who may watch the game; absent while it is `off`, as at first. */
  spectators?: Spectators;
  /** Whether hints are allowed; absent while they are not. */
  hints?: boolean;
};

/** A piece was put on a square without walking: a triple, a tram or a card. */
export type Jumped = {
  event: "Jumped";
  seat: number;
  start: number;
  square: number;
};

/** A player left the game; the squares went back to the bank. */
export type Left = {
  event: "Left";
  seat: number;
  squares: (number)[];
  why?: Departure;
};

/** All that the receiver may do now. */
export type Legal = {
  /** Everything but bids and trades; surrender is last. Empty for a player who is out. */
  actions: (LegalAction)[];
  bid?: LegalBid;
  trade?: LegalTrade;
};

/** One action that the receiver may take now. Send it as it stands; the server ignores what is not the action's. */
export type LegalAction = {
  type: "ActionBuild" | "ActionBuySquare" | "ActionChooseCard" | "ActionDemolish" | "ActionDropPurchase" | "ActionMortgageSet" | "ActionMortgageUnset" | "ActionMoveTo" | "ActionNextPhase" | "ActionPayBail" | "ActionSurrender" | "ActionTakeTram" | "ActionThrowDices" | "ActionTradeAnswer";
  /** A square id: 0..39, 100..113 or 201. */
  square?: number;
  /** Building levels, at least 1. */
  houses?: number;
  chosen_revealed_card?: boolean;
  choose?: boolean;
  to_pay?: boolean;
  /** What it takes from the balance, for each level where there are; less than 0 brings money. */
  cost: number;
  /** `houses` may be any number from 1 to this. */
  most_houses?: number;
  /** What the square charges: now, then after the action, or after each number of levels from 1. */
  rents?: (number)[];
  /** What the square would charge bare, with the whole group. */
  group_rent?: number;
  /** What the owner of the square that it leads to charges on arrival. */
  rent_due?: number;
  /** Groups that the receiver then has whole. */
  completes?: (number)[];
  /** Groups that the receiver then no longer has whole. */
  breaks?: (number)[];
};

/** The bids that the receiver may make now: every whole number between the two. */
export type LegalBid = {
  /** 0, which passes. */
  least: number;
  /** Money in whole units. */
  most: number;
};

/** What may be put into a trade that the receiver may propose now. Beyond this only a debt says more. A player in debt must come out of a trade with a smaller debt, or with none. */
export type LegalTrade = {
  /** Who may be asked. */
  destinations: (number)[];
  /** The least that either side may give in money. */
  least: number;
  /** The most that each may give, the receiver too. */
  most: Record<string, number>;
  /** The squares that each may give, the receiver too. */
  squares: Record<string, (number)[]>;
  /** How many trades may still be proposed this turn. */
  proposals_left: number;
};

/** A mortgage was lifted. */
export type Lifted = {
  event: "Lifted";
  seat: number;
  square: number;
};

/** A game was made; the server closes with 4001 right after this. */
export type MatchFound = {
  action: "match_found";
  /** A game id. */
  game_id: number;
};

/** Say which card is drawn next. */
export type MockCard = {
  cheat: "MockCard";
  fantasy_type: string;
  value?: number | null;
  type?: "Cheat";
};

/** Say how the next dice fall. */
export type MockDice = {
  cheat: "MockDice";
  dice1: number;
  dice2: number;
  /** 1..6; 0 where the bus die stays out (in jail). */
  dice_bus?: number;
  type?: "Cheat";
};

/** A square was mortgaged. */
export type Mortgaged = {
  event: "Mortgaged";
  seat: number;
  square: number;
};

/** Money changed hands; `payer` and `payee` are seats, BANK or POT. */
export type Paid = {
  event: "Paid";
  payer: number;
  payee: number;
  amount: number;
  why: Why;
  square?: number | null;
};

/** What the game waits for; the values are the names on the wire. */
export type Phase = "auction" | "business" | "choose_fantasy" | "choose_square" | "end_game" | "liquidation" | "management" | "proposal_acceptance" | "roll_the_dices";

/** A player was done with a phase. */
export type PhaseSkipped = {
  event: "PhaseSkipped";
  seat: number;
};

/** Somebody left. If that was the owner, the longest present is owner now. */
export type PlayerLeft = {
  action: "player_left";
  /** A username. */
  user_left: string;
  /** A username. */
  owner: string;
  /** Whether the receiver of this frame owns the room. */
  is_owner: boolean;
  players: (RoomPlayer)[];
};

/** The owner of a square, and what stands on it. */
export type PropertyRelationship = {
  /** A user id. */
  owner: number;
  /** A square id: 0..39, 100..113 or 201. */
  square: number;
  /** -1 group incomplete, 0 complete and bare, 1..5 levels. */
  houses: number;
  mortgage: boolean;
};

/** A trade that waits for the answer of `destination_user`. */
export type Proposal = {
  /** A user id. */
  player: number;
  /** A user id. */
  destination_user: number;
  /** Money in whole units. */
  offered_money: number;
  /** Money in whole units. */
  asked_money: number;
  offered_properties: (number)[];
  asked_properties: (number)[];
  /** Where the proposer goes on. */
  resume_phase: Phase;
};

/** A trade waits for an answer. */
export type Proposed = {
  event: "Proposed";
  seat: number;
  destination: number;
};

/** A message was refused; to its sender alone. */
export type QueueError = {
  action: "error";
  message: string;
  /** A stable code, by which to decide what to do. */
  code?: string;
};

/** Somebody is ready, or no longer ready. */
export type ReadyStatus = {
  action: "ready_status";
  /** A username. */
  user: string;
  is_ready: boolean;
  /** A username. */
  owner: string;
  /** Whether the receiver of this frame owns the room. */
  is_owner: boolean;
};

/** Ask for the same game again, once this one is finished. It begins when every person who is still connected has asked. Bots and settings are as before. */
export type Rematch = {
  type: "Rematch";
};

/** A player asks for the same game again. Only to sockets opened with `?legal=1`. */
export type RematchAsked = {
  event_type: "rematch_asked";
  /** A user id. */
  user: number;
  /** Who is connected and has not asked yet. */
  waiting_for: (number)[];
};

/** All have asked: the same game begins again under a new id. Connect to it, or watch it. */
export type RematchBegins = {
  event_type: "rematch";
  /** A game id. */
  game_id: number;
};

/** Anything else. */
export type Response = {
  type: "Response";
  /** The balance of each player; may be negative. */
  money: Record<string, number>;
  /** The square of each player. */
  positions: Record<string, number>;
  /** A user id. */
  active_phase_player: number;
  /** A user id. */
  active_turn_player: number;
  phase: Phase;
  /** Money in whole units. */
  parking_money: number;
  /** Only players now in jail. */
  jail_remaining_turns: Record<string, number>;
  current_turn: number;
  current_round: number;
  /** Doubles in a row this turn. */
  streak: number;
  /** Trades proposed this turn. */
  proposals: number;
  /** Grows by one with each accepted action of the game. */
  seq: number;
  deadline: number | null;
  /** All of them; present when any changed with this action. */
  property_relationships?: (PropertyRelationship)[];
  /** Steps to each square that may be chosen; 0 for a jump. */
  possible_destinations?: Record<string, number>;
  /** Who is out, in the order of leaving; absent while all play. */
  eliminated?: (number)[];
  /** Why each of `eliminated` left: by surrender, bankrupt, or kicked after three time limits. */
  departures?: Record<string, Departure>;
  /** Time limits in a row that a player has let pass, of those who have; the third one kicks out. */
  strikes?: Record<string, number>;
  /** What is counted for each player, in the order of the rules' list. */
  statistics?: Record<string, (number)[]>;
  /** What happened, in order. Players are seats: places in `players`; -1 the bank, -2 the pot. */
  events: (Rolled | Walked | Jumped | Jailed | Freed | Paid | CardShown | CardPlayed | Bought | AuctionOpened | BidMade | AuctionClosed | Built | Demolished | Mortgaged | Lifted | Proposed | Traded | PhaseSkipped | Left | TurnBegan | BonusPaid | GameEnded)[];
};

/** An auction closed, or was called off. */
export type ResponseAuction = {
  type: "ResponseAuction";
  /** The balance of each player; may be negative. */
  money: Record<string, number>;
  /** The square of each player. */
  positions: Record<string, number>;
  /** A user id. */
  active_phase_player: number;
  /** A user id. */
  active_turn_player: number;
  phase: Phase;
  /** Money in whole units. */
  parking_money: number;
  /** Only players now in jail. */
  jail_remaining_turns: Record<string, number>;
  current_turn: number;
  current_round: number;
  /** Doubles in a row this turn. */
  streak: number;
  /** Trades proposed this turn. */
  proposals: number;
  /** Grows by one with each accepted action of the game. */
  seq: number;
  deadline: number | null;
  /** All of them; present when any changed with this action. */
  property_relationships?: (PropertyRelationship)[];
  /** Steps to each square that may be chosen; 0 for a jump. */
  possible_destinations?: Record<string, number>;
  /** Who is out, in the order of leaving; absent while all play. */
  eliminated?: (number)[];
  /** Why each of `eliminated` left: by surrender, bankrupt, or kicked after three time limits. */
  departures?: Record<string, Departure>;
  /** Time limits in a row that a player has let pass, of those who have; the third one kicks out. */
  strikes?: Record<string, number>;
  /** What is counted for each player, in the order of the rules' list. */
  statistics?: Record<string, (number)[]>;
  /** What happened, in order. Players are seats: places in `players`; -1 the bank, -2 the pot. */
  events: (Rolled | Walked | Jumped | Jailed | Freed | Paid | CardShown | CardPlayed | Bought | AuctionOpened | BidMade | AuctionClosed | Built | Demolished | Mortgaged | Lifted | Proposed | Traded | PhaseSkipped | Left | TurnBegan | BonusPaid | GameEnded)[];
  auction: Auction;
};

/** The game ended with this action. */
export type ResponseBonus = {
  type: "ResponseBonus";
  /** The balance of each player; may be negative. */
  money: Record<string, number>;
  /** The square of each player. */
  positions: Record<string, number>;
  /** A user id. */
  active_phase_player: number;
  /** A user id. */
  active_turn_player: number;
  phase: Phase;
  /** Money in whole units. */
  parking_money: number;
  /** Only players now in jail. */
  jail_remaining_turns: Record<string, number>;
  current_turn: number;
  current_round: number;
  /** Doubles in a row this turn. */
  streak: number;
  /** Trades proposed this turn. */
  proposals: number;
  /** Grows by one with each accepted action of the game. */
  seq: number;
  deadline: number | null;
  /** All of them; present when any changed with this action. */
  property_relationships?: (PropertyRelationship)[];
  /** Steps to each square that may be chosen; 0 for a jump. */
  possible_destinations?: Record<string, number>;
  /** Who is out, in the order of leaving; absent while all play. */
  eliminated?: (number)[];
  /** Why each of `eliminated` left: by surrender, bankrupt, or kicked after three time limits. */
  departures?: Record<string, Departure>;
  /** Time limits in a row that a player has let pass, of those who have; the third one kicks out. */
  strikes?: Record<string, number>;
  /** What is counted for each player, in the order of the rules' list. */
  statistics?: Record<string, (number)[]>;
  /** What happened, in order. Players are seats: places in `players`; -1 the bank, -2 the pot. */
  events: (Rolled | Walked | Jumped | Jailed | Freed | Paid | CardShown | CardPlayed | Bought | AuctionOpened | BidMade | AuctionClosed | Built | Demolished | Mortgaged | Lifted | Proposed | Traded | PhaseSkipped | Left | TurnBegan | BonusPaid | GameEnded)[];
  /** By category. */
  bonuses: Record<string, Bonus>;
  /** Final worth by username; 0 for who left. */
  final_money: Record<string, number>;
  winners: (number)[];
};

/** A card was played. */
export type ResponseChooseFantasy = {
  type: "ResponseChooseFantasy";
  /** The balance of each player; may be negative. */
  money: Record<string, number>;
  /** The square of each player. */
  positions: Record<string, number>;
  /** A user id. */
  active_phase_player: number;
  /** A user id. */
  active_turn_player: number;
  phase: Phase;
  /** Money in whole units. */
  parking_money: number;
  /** Only players now in jail. */
  jail_remaining_turns: Record<string, number>;
  current_turn: number;
  current_round: number;
  /** Doubles in a row this turn. */
  streak: number;
  /** Trades proposed this turn. */
  proposals: number;
  /** Grows by one with each accepted action of the game. */
  seq: number;
  deadline: number | null;
  /** All of them; present when any changed with this action. */
  property_relationships?: (PropertyRelationship)[];
  /** Steps to each square that may be chosen; 0 for a jump. */
  possible_destinations?: Record<string, number>;
  /** Who is out, in the order of leaving; absent while all play. */
  eliminated?: (number)[];
  /** Why each of `eliminated` left: by surrender, bankrupt, or kicked after three time limits. */
  departures?: Record<string, Departure>;
  /** Time limits in a row that a player has let pass, of those who have; the third one kicks out. */
  strikes?: Record<string, number>;
  /** What is counted for each player, in the order of the rules' list. */
  statistics?: Record<string, (number)[]>;
  /** What happened, in order. Players are seats: places in `players`; -1 the bank, -2 the pot. */
  events: (Rolled | Walked | Jumped | Jailed | Freed | Paid | CardShown | CardPlayed | Bought | AuctionOpened | BidMade | AuctionClosed | Built | Demolished | Mortgaged | Lifted | Proposed | Traded | PhaseSkipped | Left | TurnBegan | BonusPaid | GameEnded)[];
  fantasy_result: FantasyResult;
};

/** A chosen square, or a bail answer after a roll. */
export type ResponseChooseSquare = {
  type: "ResponseChooseSquare";
  /** The balance of each player; may be negative. */
  money: Record<string, number>;
  /** The square of each player. */
  positions: Record<string, number>;
  /** A user id. */
  active_phase_player: number;
  /** A user id. */
  active_turn_player: number;
  phase: Phase;
  /** Money in whole units. */
  parking_money: number;
  /** Only players now in jail. */
  jail_remaining_turns: Record<string, number>;
  current_turn: number;
  current_round: number;
  /** Doubles in a row this turn. */
  streak: number;
  /** Trades proposed this turn. */
  proposals: number;
  /** Grows by one with each accepted action of the game. */
  seq: number;
  deadline: number | null;
  /** All of them; present when any changed with this action. */
  property_relationships?: (PropertyRelationship)[];
  /** Steps to each square that may be chosen; 0 for a jump. */
  possible_destinations?: Record<string, number>;
  /** Who is out, in the order of leaving; absent while all play. */
  eliminated?: (number)[];
  /** Why each of `eliminated` left: by surrender, bankrupt, or kicked after three time limits. */
  departures?: Record<string, Departure>;
  /** Time limits in a row that a player has let pass, of those who have; the third one kicks out. */
  strikes?: Record<string, number>;
  /** What is counted for each player, in the order of the rules' list. */
  statistics?: Record<string, (number)[]>;
  /** What happened, in order. Players are seats: places in `players`; -1 the bank, -2 the pot. */
  events: (Rolled | Walked | Jumped | Jailed | Freed | Paid | CardShown | CardPlayed | Bought | AuctionOpened | BidMade | AuctionClosed | Built | Demolished | Mortgaged | Lifted | Proposed | Traded | PhaseSkipped | Left | TurnBegan | BonusPaid | GameEnded)[];
  path: (number)[];
  fantasy_event: FantasyEvent | null;
};

/** A time limit acted without moving anyone. */
export type ResponseSkipPhase = {
  type: "ResponseSkipPhase";
  /** The balance of each player; may be negative. */
  money: Record<string, number>;
  /** The square of each player. */
  positions: Record<string, number>;
  /** A user id. */
  active_phase_player: number;
  /** A user id. */
  active_turn_player: number;
  phase: Phase;
  /** Money in whole units. */
  parking_money: number;
  /** Only players now in jail. */
  jail_remaining_turns: Record<string, number>;
  current_turn: number;
  current_round: number;
  /** Doubles in a row this turn. */
  streak: number;
  /** Trades proposed this turn. */
  proposals: number;
  /** Grows by one with each accepted action of the game. */
  seq: number;
  deadline: number | null;
  /** All of them; present when any changed with this action. */
  property_relationships?: (PropertyRelationship)[];
  /** Steps to each square that may be chosen; 0 for a jump. */
  possible_destinations?: Record<string, number>;
  /** Who is out, in the order of leaving; absent while all play. */
  eliminated?: (number)[];
  /** Why each of `eliminated` left: by surrender, bankrupt, or kicked after three time limits. */
  departures?: Record<string, Departure>;
  /** Time limits in a row that a player has let pass, of those who have; the third one kicks out. */
  strikes?: Record<string, number>;
  /** What is counted for each player, in the order of the rules' list. */
  statistics?: Record<string, (number)[]>;
  /** What happened, in order. Players are seats: places in `players`; -1 the bank, -2 the pot. */
  events: (Rolled | Walked | Jumped | Jailed | Freed | Paid | CardShown | CardPlayed | Bought | AuctionOpened | BidMade | AuctionClosed | Built | Demolished | Mortgaged | Lifted | Proposed | Traded | PhaseSkipped | Left | TurnBegan | BonusPaid | GameEnded)[];
};

/** A roll. */
export type ResponseThrowDices = {
  type: "ResponseThrowDices";
  /** The balance of each player; may be negative. */
  money: Record<string, number>;
  /** The square of each player. */
  positions: Record<string, number>;
  /** A user id. */
  active_phase_player: number;
  /** A user id. */
  active_turn_player: number;
  phase: Phase;
  /** Money in whole units. */
  parking_money: number;
  /** Only players now in jail. */
  jail_remaining_turns: Record<string, number>;
  current_turn: number;
  current_round: number;
  /** Doubles in a row this turn. */
  streak: number;
  /** Trades proposed this turn. */
  proposals: number;
  /** Grows by one with each accepted action of the game. */
  seq: number;
  deadline: number | null;
  /** All of them; present when any changed with this action. */
  property_relationships?: (PropertyRelationship)[];
  /** Steps to each square that may be chosen; 0 for a jump. */
  possible_destinations?: Record<string, number>;
  /** Who is out, in the order of leaving; absent while all play. */
  eliminated?: (number)[];
  /** Why each of `eliminated` left: by surrender, bankrupt, or kicked after three time limits. */
  departures?: Record<string, Departure>;
  /** Time limits in a row that a player has let pass, of those who have; the third one kicks out. */
  strikes?: Record<string, number>;
  /** What is counted for each player, in the order of the rules' list. */
  statistics?: Record<string, (number)[]>;
  /** What happened, in order. Players are seats: places in `players`; -1 the bank, -2 the pot. */
  events: (Rolled | Walked | Jumped | Jailed | Freed | Paid | CardShown | CardPlayed | Bought | AuctionOpened | BidMade | AuctionClosed | Built | Demolished | Mortgaged | Lifted | Proposed | Traded | PhaseSkipped | Left | TurnBegan | BonusPaid | GameEnded)[];
  dice1: number;
  dice2: number;
  /** 1..6; 0 where the bus die stays out (in jail). */
  dice_bus: number;
  triple: boolean;
  destinations: (number)[];
  /** From start to end; just the start while a choice is open. */
  path: (number)[];
  fantasy_event: FantasyEvent | null;
};

/** Dice were rolled; `dice_bus` is 0 where the bus die stayed out (in jail). */
export type Rolled = {
  event: "Rolled";
  seat: number;
  dice1: number;
  dice2: number;
  dice_bus: number;
  triple: boolean;
  streak: number;
  destinations: (number)[];
};

/** Somebody said something. */
export type RoomChat = {
  action: "chat_message";
  /** A username. */
  user: string;
  message: string;
};

/** A message was refused, to its sender alone; or the room, before closing with 4003. */
export type RoomError = {
  action: "error";
  message: string;
  /** A stable code, by which to decide what to do. */
  code?: string;
  /** The message again, where the room itself was refused. */
  error?: string;
};

/** Somebody in the room. */
export type RoomPlayer = {
  /** A username. */
  username: string;
  ready_to_play: boolean;
  /** The piece that the user plays with: an item id, 0 the common one. */
  user_piece?: number;
};

/** Say something to the room: 1 to 500 characters after trimming, nothing invisible. `/emoji <item id>` is how clients send an owned emoji; of others nobody hears. */
export type SendChat = {
  command: "chat_message";
  message: string;
};

/** Set the balance of a player. */
export type SetMoney = {
  cheat: "SetMoney";
  /** A user id. */
  player_id: number;
  /** Money in whole units. */
  amount: number;
  type?: "Cheat";
};

/** Say whether you are ready to play. */
export type SetReady = {
  command: "ready_status";
  is_ready: boolean;
};

/** The settings of the room, all of them, after a change. */
export type SettingsChanged = {
  action: "settings_changed";
  bot_level: BotLevel;
  /** Seats of the game; bots fill those without people. */
  target_players: number;
  /** Who may watch the game; absent while it is `off`, as at first. */
  spectators?: Spectators;
  /** Whether hints are allowed; absent while they are not. */
  hints?: boolean;
};

/** All that the receiver may see of a game. Every key is always present. */
export type Snapshot = {
  /** A game id. */
  id: number;
  /** When the game began, ISO 8601. */
  datetime: string;
  /** The square of each player. */
  positions: Record<string, number>;
  /** The balance of each player; may be negative. */
  money: Record<string, number>;
  /** A user id. */
  active_phase_player: number;
  /** A user id. */
  active_turn_player: number;
  phase: Phase;
  /** Every participant, by seat. */
  players: (number)[];
  /** Every participant, in turn order. */
  ordered_players: (number)[];
  /** Doubles in a row this turn. */
  streak: number;
  /** Steps to each square that may be chosen; 0 for a jump. */
  possible_destinations: Record<string, number>;
  /** Money in whole units. */
  parking_money: number;
  /** Only players now in jail. */
  jail_remaining_turns: Record<string, number>;
  finished: boolean;
  current_turn: number;
  current_round: number;
  /** 0 for no limit. */
  max_rounds: number;
  auction_task_id: null;
  property_relationships: (PropertyRelationship)[];
  proposal: Proposal | null;
  fantasy_event: FantasyEvent | null;
  auction: Auction | null;
  bonuses: Record<string, Bonus> | null;
  /** The last accepted action. */
  seq: number;
  deadline: number | null;
  usernames: Record<string, string>;
  /** Who of the participants is a bot. */
  bots: (number)[];
  /** The level of each bot, as a room names it. */
  bot_levels?: Record<string, string>;
  /** Whether clients may give hints although other people play. */
  hints?: boolean;
  /** Who is out, in the order of leaving. */
  eliminated: (number)[];
  /** Why each of `eliminated` left: by surrender, bankrupt, or kicked after three time limits. */
  departures?: Record<string, Departure>;
  /** Time limits in a row that a player has let pass, of those who have; the third one kicks out. */
  strikes?: Record<string, number>;
  /** Trades proposed this turn. */
  proposals: number;
  /** What is counted for each player, in the order of the rules' list. */
  statistics: Record<string, (number)[]>;
  /** Who won; empty while the game runs. */
  winners: (number)[];
  /** SHA-256 of the board that is played on. */
  board: string;
  /** Squares whose mortgage of this turn is counted: another one of the same square is not. */
  mortgaged_this_turn?: (number)[];
};

/** Who may watch the game of a room. */
export type Spectators = "all" | "link" | "off";

/** Start the game. Only the owner can, when all are ready and there are enough seats. */
export type StartGame = {
  command: "start_game";
};

/** Put a piece on a square. */
export type Teleport = {
  cheat: "Teleport";
  /** A user id. */
  player_id: number;
  /** A square id: 0..39, 100..113 or 201. */
  square_id: number;
  type?: "Cheat";
};

/** A trade was answered (or fell through because one side left). */
export type Traded = {
  event: "Traded";
  seat: number;
  destination: number;
  accepted: boolean;
  offered: (number)[];
  asked: (number)[];
};

/** The next player has to roll. */
export type TurnBegan = {
  event: "TurnBegan";
  seat: number;
  turn: number;
  round: number;
};

/** Change the settings of the room. Only the owner can. What is absent stays the same. */
export type UpdateSettings = {
  command: "update_settings";
  bot_level?: BotLevel | null;
  target_players?: number | null;
  bot_levels?: (BotLevel)[] | null;
  spectators?: Spectators | null;
  hints?: boolean | null;
};

/** How many people watch. Only to watchers, and to sockets opened with `?legal=1`. */
export type Viewers = {
  event_type: "viewers";
  /** How many people watch the game. */
  viewers: number;
};

/** A piece went square by square. */
export type Walked = {
  event: "Walked";
  seat: number;
  path: (number)[];
};

/** What a payment was for. */
export type Why = "bail" | "bid" | "bonus" | "build" | "card" | "card_price" | "demolish" | "fare" | "leaving" | "lifting" | "mortgage" | "pot" | "price" | "rent" | "salary" | "trade";
