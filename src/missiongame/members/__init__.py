"""The members' game, one algorithm a file; `missiongame.participation` puts them together."""
